import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowDriver } from '../../support/vscode/windowDriver';

describe('A workspace that is on no disk', () => {
  it('is what this is about', async () => {
    const [folder, ...others] = vscode.workspace.workspaceFolders ?? [];
    assert.deepEqual([folder.uri.scheme, others], ['memory', []]);
    const file = vscode.Uri.joinPath(folder.uri, 'app.js');
    assert.match((await vscode.workspace.openTextDocument(file)).getText(), /On no disk/);
  });

  it('has no Leakline, which could not read its sources', async () => {
    assert.equal(vscode.extensions.getExtension('leakline.leakline'), undefined);
    const commands = await vscode.commands.getCommands(true);
    assert.deepEqual(
      commands.filter((id) => id.startsWith('leakline.') && !id.includes('.focus')),
      [],
    );
  });

  it('is told why, and what to do', async () => {
    await vscode.commands.executeCommand('workbench.extensions.search', '@installed leakline');
    await windowDriver.click({
      selector: '.extensions-list .monaco-list-row:has-text("Leakline")',
    });
    const reason = '.extension-editor :text("open a clone of the repository instead")';
    await windowDriver.waitFor({ selector: reason });
    await windowDriver.screenshot('virtualWorkspace');
  });
});
