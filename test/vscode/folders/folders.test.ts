import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';
import { clearMessages, waitForMessage } from '../workbench';

describe('A workspace of several folders', () => {
  const row = (text: string) => ({ selector: `.quick-input-list-row:has-text("${text}")` });
  const ADDRESS = { selector: '.quick-input-widget:has-text("node --inspect")' };

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await clearMessages();
  });

  async function cancel(run: Thenable<unknown>): Promise<void> {
    await windowDriver.press('Escape');
    assert.equal(await run, undefined);
  }

  it('asks for the folder, and goes by the settings of that one', async () => {
    const run = vscode.commands.executeCommand('leakline.findLeaks');
    await windowDriver.waitFor(row('first'));
    await windowDriver.screenshot('folders');
    await windowDriver.click(row('second'));
    await windowDriver.waitFor(ADDRESS);
    await windowDriver.press('Enter');
    await windowDriver.waitFor(row('echo the second folder'));
    await cancel(run);
  });

  it('does not ask while a file of one of them is open', async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    await vscode.window.showTextDocument(vscode.Uri.joinPath(first.uri, 'app.js'));
    const run = vscode.commands.executeCommand('leakline.findLeaks');
    await windowDriver.waitFor(ADDRESS);
    await windowDriver.press('Enter');
    await windowDriver.waitFor(row('echo the first folder'));
    await cancel(run);
  });

  it('refuses one that is not on a disk', async () => {
    const run = vscode.commands.executeCommand('leakline.findLeaks');
    await windowDriver.click(row('virtual'));
    assert.equal(await run, undefined);
    await waitForMessage('The folder virtual is virtual');
    await windowDriver.screenshot('virtualFolder');
  });
});
