import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../../src/leaks/leakReport';
import { windowDriver } from '../../../support/vscode/windowDriver';
import { type LeakyProgram, startLeakyProgram } from '../../leakyProgram';
import { leaklineDiagnostics } from '../../workbench';

describe('Before the window is reloaded', function () {
  this.timeout(120_000);
  let program: LeakyProgram;

  before(async () => {
    program = await startLeakyProgram({ keep: true, twice: true });
  });
  after(async () => {
    await vscode.commands.executeCommand('leakline.detach');
    await program.stop();
  });

  it('two leaks are found', async () => {
    const args = {
      address: program.inspector,
      driveCommand: program.drive,
      root: program.folder,
      settleSeconds: 0,
    };
    const report = await vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', args);
    const classes = report.findings.map(({ className }) => className);
    assert.deepEqual(classes, ['Ticket', 'Receipt']);
  });

  it('its line is moved by an edit, which is saved', async () => {
    const [{ uri, diagnostic }] = leaklineDiagnostics();
    const { line } = diagnostic.range.start;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '// One line more\n');
    await vscode.workspace.applyEdit(edit);
    await (await vscode.workspace.openTextDocument(uri)).save();
    assert.equal(leaklineDiagnostics()[0].diagnostic.range.start.line, line + 1);
  });

  it('the second finding is selected in the panel, and what holds its objects is opened', async () => {
    const inPanel = (selector: string) => ({ selector, inWebview: true });
    await vscode.commands.executeCommand('leakline.showRetainers', { rank: 1 });
    await windowDriver.click(inPanel('[role=option]:has-text("receipts")'));
    await windowDriver.waitFor(inPanel('h1:has-text("receipts")'));
    await windowDriver.click(inPanel('[role=treeitem][aria-level="1"] >> nth=-1'));
    await windowDriver.waitFor(inPanel('.row.object.retainer'));
  });
});
