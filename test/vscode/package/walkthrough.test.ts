import assert from 'node:assert/strict';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';
import { inTheme, picture, themes } from '../pictures';
import {
  clearMessages,
  diagnosticsChange,
  leaklineDiagnostics,
  waitForMessage,
} from '../workbench';

const WALKTHROUGH = 'leakline.leakline#firstLeak';

describe('The walkthrough "Find your first leak in 3 minutes"', function () {
  this.timeout(240_000);

  const step = (id: string) => `.getting-started-step[data-step-id="${WALKTHROUGH}#${id}"]`;
  const open = () =>
    vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH);

  /** Opens a step and presses its button, as a person would. */
  async function follow(id: string, button: string): Promise<void> {
    await open();
    await windowDriver.click({ selector: `${step(id)} .step-title` });
    await windowDriver.click({
      selector: `${step(id)}.expanded .monaco-button:has-text("${button}")`,
    });
  }

  async function completed(id: string): Promise<void> {
    await open();
    await windowDriver.waitFor({
      selector: `${step(id)} .codicon-getting-started-step-checked`,
      timeoutMs: 120_000,
    });
  }

  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
  });

  it('shows its steps, with pictures', async () => {
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await open();
    await windowDriver.waitFor({ selector: step('start') });
    for (const theme of themes) {
      await inTheme(theme, async () => {
        await windowDriver.screenshot(`walkthrough-${theme}`);
      });
    }
  });

  it('starts the shop', async () => {
    await follow('start', 'Start the Shop');
    await waitForMessage('The shop is open at http://127.0.0.1:');
    await completed('start');
  });

  it('finds its leak', async () => {
    await follow('find', 'Find the Leak');
    await completed('find');
    const files = leaklineDiagnostics().map(({ uri }) => uri.fsPath);
    assert.ok(
      files.some((file) => file.endsWith(path.join('shop', 'src', 'pricing.ts'))),
      files.join(),
    );
    await clearMessages();
    await inTheme('dark', () => picture('walkthrough'));
  });

  it('shows what holds it', async () => {
    await follow('read', 'Show Retainers');
    await windowDriver.waitFor({ selector: 'text=PriceQuote', inWebview: true });
    await completed('read');
  });

  it('finds nothing in the release that is fixed', async () => {
    const gone = diagnosticsChange(() => leaklineDiagnostics().length === 0);
    await follow('fix', 'Check the Fixed Release');
    await gone;
    await waitForMessage('No leak');
    await completed('fix');
  });
});
