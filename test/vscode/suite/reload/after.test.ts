import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { windowDriver } from '../../../support/vscode/windowDriver';
import { diagnosticsChange, leaklineDiagnostics } from '../../workbench';

describe('After the window was reloaded', () => {
  const inPanel = (selector: string) => ({ selector, inWebview: true });
  let found: { uri: vscode.Uri; diagnostic: vscode.Diagnostic };

  before(async () => {
    await diagnosticsChange(() => leaklineDiagnostics().length > 0);
    [found] = leaklineDiagnostics();
  });
  after(async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(path.dirname(found.uri.fsPath), { recursive: true });
  });

  it('the finding is still there, without anybody doing anything, where the edit moved it', async () => {
    const document = await vscode.workspace.openTextDocument(found.uri);
    assert.match(document.lineAt(found.diagnostic.range.start.line).text, /tickets\.push/);
    assert.match(document.lineAt(0).text, /One line more/);
  });

  it('it says that its file has changed since', async () => {
    await diagnosticsChange(() => leaklineDiagnostics()[0].diagnostic.message.includes('changed'));
    assert.match(
      leaklineDiagnostics()[0].diagnostic.message,
      /The file has changed since this run/,
    );
  });

  it('the panel is there with both findings, the selected one, and the retainers that were open', async () => {
    const selected = inPanel('[role=option][aria-selected=true]:has-text("receipts")');
    await windowDriver.waitFor(selected);
    assert.equal((await windowDriver.texts(inPanel('[role=option]'))).length, 2);
    // The worker has to read the stored snapshot first.
    await windowDriver.waitFor({ ...inPanel('.row.object.retainer'), timeoutMs: 45_000 });
    await windowDriver.screenshot('panelAfterReload');
  });

  it('it is marked in the editor and explained', async () => {
    await vscode.window.showTextDocument(found.uri);
    await windowDriver.waitFor({ selector: '.codelens-decoration:has-text("Ticket / round")' });
    await windowDriver.screenshot('afterReload');
  });

  it('the panel answers what keeps the objects alive, from the stored snapshot', async () => {
    await vscode.commands.executeCommand('leakline.showRetainers', { rank: 1 });
    await windowDriver.waitFor(inPanel('h1:has-text("tickets")'));
    await windowDriver.click(inPanel('[role=treeitem][aria-level="1"] >> nth=-1'));
    await windowDriver.waitFor(inPanel('.row.object.retainer'));
  });

  it('is gone for good once it is cleared', async () => {
    await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
    assert.deepEqual(leaklineDiagnostics(), []);
  });
});
