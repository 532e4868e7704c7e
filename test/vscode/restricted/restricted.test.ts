import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS, NEEDS_TRUST } from '../../../src/extension/commands';
import { windowDriver } from '../../support/vscode/windowDriver';
import { fakeInspector } from '../fakeInspector';
import { inTheme, themes } from '../pictures';
import { clearMessages, showView, waitForMessage } from '../workbench';

describe('In Restricted Mode', () => {
  it('the window is what this is about', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('every command that reaches for a process is refused, before it does', async () => {
    const inspector = await fakeInspector();
    const { address } = inspector;
    for (const id of NEEDS_TRUST) {
      await clearMessages();
      const run = vscode.commands.executeCommand(id, { address, driveCommand: 'exit 0' });
      // What only a row of a view calls says so in a message alone.
      if (COMMANDS[id] === 'public')
        await assert.rejects(Promise.resolve(run), /Restricted Mode/, id);
      else await run;
      await waitForMessage('In Restricted Mode Leakline touches no process');
    }
    inspector.close();
    assert.equal(inspector.connections, 0);
  });

  it('says why, and leads to where trust is given', async () => {
    await clearMessages();
    const attached = vscode.commands.executeCommand('leakline.attach', {});
    await assert.rejects(Promise.resolve(attached));
    await waitForMessage(
      'In Restricted Mode Leakline touches no process',
      'Manage Workspace Trust',
    );
    await clearMessages();
  });

  it('the palette offers what still works, and only that', async () => {
    await vscode.commands.executeCommand('workbench.action.quickOpen', '>Leakline: ');
    const row = (text: string) => ({ selector: `.quick-input-list-row:has-text("${text}")` });
    await windowDriver.waitFor(row('Compare Snapshots'));
    const offered = await windowDriver.texts({ selector: '.quick-input-list .monaco-list-row' });
    await windowDriver.press('Escape');
    for (const title of ['Attach', 'Find Leaks', 'Take Heap Snapshot', 'Start the Demo Shop']) {
      const found = offered.filter((text) => text.includes(`Leakline: ${title}`));
      assert.deepEqual(found, [], title);
    }
  });

  it('the view says so', async () => {
    await showView();
    await windowDriver.waitFor({ selector: '.welcome-view:has-text("In Restricted Mode")' });
    for (const theme of themes) {
      await inTheme(theme, async () => {
        await windowDriver.screenshot(`restricted-${theme}`);
      });
    }
    const buttons = await windowDriver.texts({ selector: '.welcome-view .monaco-button' });
    assert.deepEqual(
      buttons.filter((text) => /Find Leaks|Attach/.test(text)),
      [],
    );
  });
});
