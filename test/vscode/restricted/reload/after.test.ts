import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { windowDriver } from '../../../support/vscode/windowDriver';
import { fakeInspector, type FakeInspector } from '../../fakeInspector';
import { diagnosticsChange, leaklineDiagnostics, showView, viewRow } from '../../workbench';

describe('In Restricted Mode, a report that was kept', () => {
  let found: { uri: vscode.Uri; diagnostic: vscode.Diagnostic };
  let inspector: FakeInspector;

  before(async () => {
    inspector = await fakeInspector();
    await diagnosticsChange(() => leaklineDiagnostics().length > 0);
    [found] = leaklineDiagnostics();
  });
  after(async () => {
    inspector.close();
    await vscode.commands.executeCommand('leakline.clear', { snapshots: false });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is among the problems, at its line', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const document = await vscode.workspace.openTextDocument(found.uri);
    assert.match(document.lineAt(found.diagnostic.range.start.line).text, /orders\.set\(/);
  });

  it('is marked in the editor and explained in a hover', async () => {
    const editor = await vscode.window.showTextDocument(found.uri);
    const { start } = found.diagnostic.range;
    editor.selection = new vscode.Selection(start, start);
    await windowDriver.waitFor({ selector: '.codelens-decoration:has-text("100 Order / round")' });
    // A hover that opens before the problem is drawn says nothing of it.
    await windowDriver.waitFor({ selector: '[class*="squiggly-"]' });
    await vscode.commands.executeCommand('editor.action.showHover');
    const hover = { selector: '.monaco-hover:has-text("since the baseline")' };
    await windowDriver.waitFor({ selector: `${hover.selector}:has-text("Map \`orders\` keeps")` });
    await windowDriver.screenshot('restrictedHover');
  });

  it('is in the view', async () => {
    await showView();
    await windowDriver.waitFor(viewRow('Map orders keeps'));
    await windowDriver.screenshot('restrictedFindings');
  });

  it('touches no process', () => {
    assert.equal(inspector.connections, 0);
  });
});
