import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { type LeakyProgram, startLeakyProgram } from '../leakyProgram';
import { leaklineDiagnostics } from '../workbench';

describe('Before the window is reloaded', function () {
  this.timeout(120_000);
  let program: LeakyProgram;

  before(async () => {
    program = await startLeakyProgram({ keep: true });
  });
  after(async () => {
    await vscode.commands.executeCommand('leakline.detach');
    await program.stop();
  });

  it('a leak is found', async () => {
    const args = {
      address: program.inspector,
      driveCommand: program.drive,
      root: program.folder,
      settleSeconds: 0,
    };
    const report = await vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', args);
    assert.equal(report.findings[0].className, 'Ticket');
  });

  it('its line is moved by an edit, which is saved', async () => {
    const [{ uri, diagnostic }] = leaklineDiagnostics();
    const { line } = diagnostic.range.start;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), '// One line more\n');
    await vscode.workspace.applyEdit(edit);
    await (await vscode.workspace.openTextDocument(uri)).save();
    assert.equal(leaklineDiagnostics()[0].diagnostic.range.start.line, line + 1);
    await vscode.commands.executeCommand('leakline.showRetainers');
  });
});
