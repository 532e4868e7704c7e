import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { parseKnownFindings } from '../../../src/report/knownFindings';
import { windowDriver } from '../../support/vscode/windowDriver';
import { type LeakyProgram, startLeakyProgram } from '../leakyProgram';
import {
  clearMessages,
  diagnosticsChange,
  leaklineDiagnostics,
  waitForMessage,
} from '../workbench';

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

  describe('with a leak in the second one', function () {
    this.timeout(120_000);
    let program: LeakyProgram;
    const folder = (index: number) => vscode.workspace.workspaceFolders![index].uri.fsPath;
    const decisions = (index: number) => path.join(folder(index), '.leakline.json');
    const problems = (count: number) =>
      diagnosticsChange(() => leaklineDiagnostics().length === count);

    /** @param index Of the folder that the report is relative to. */
    const find = (index: number) =>
      vscode.commands.executeCommand<LeakReport>('leakline.findLeaks', {
        address: program.inspector,
        driveCommand: program.drive,
        root: folder(index),
        settleSeconds: 0,
      });

    before(async () => {
      program = await startLeakyProgram({ folder: folder(1) });
    });
    after(async () => {
      await vscode.commands.executeCommand('leakline.clear', { snapshots: true });
      await vscode.commands.executeCommand('leakline.detach');
      await program.stop();
    });

    it('that folder decides to ignore it, whatever the report is relative to', async () => {
      const report = await find(0);
      assert.deepEqual(
        report.findings.map(({ sites }) => sites[0].file),
        [program.file],
      );
      const [{ rank }] = report.findings;
      await vscode.commands.executeCommand('leakline.ignoreFinding', { rank, reason: 'sold' });
      await problems(0);
      const [entry] = parseKnownFindings(readFileSync(decisions(1), 'utf8'));
      assert.deepEqual([entry.reason, entry.file], ['sold', 'tickets.cjs']);
      assert.ok(!existsSync(decisions(0)));
      assert.deepEqual((await find(1)).findings, []);
    });

    it('what another folder decides counts for nothing', async () => {
      renameSync(decisions(1), decisions(0));
      await problems(1);
      assert.equal((await find(1)).findings.length, 1);
      renameSync(decisions(0), decisions(1));
      await problems(0);
    });
  });

  it('refuses one that is not on a disk', async () => {
    const run = vscode.commands.executeCommand('leakline.findLeaks');
    await windowDriver.click(row('virtual'));
    assert.equal(await run, undefined);
    await waitForMessage('The folder virtual is virtual');
    await windowDriver.screenshot('virtualFolder');
  });
});
