import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import type { LeakReport } from '../../../../src/leaks/leakReport';
import { projectRoot } from '../../../support/projectRoot';
import { leaklineDiagnostics } from '../../workbench';

const programs = path.join(projectRoot, 'test', 'fixtures', 'programs');
/** Inside of a desktop VS Code, the program that runs the tests is no plain Node.js. */
const node = 'electron' in process.versions ? 'node' : process.execPath;

describe('In Restricted Mode, before the window is reloaded', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'leakline-restricted-'));
    await promisify(execFile)(node, [path.join(programs, 'writesSnapshots.cjs'), folder, '4']);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('snapshots that are there already can be compared', async () => {
    const paths = readdirSync(folder)
      .sort()
      .map((name) => path.join(folder, name));
    const args = { paths, root: programs };
    const report = await vscode.commands.executeCommand<LeakReport>(
      'leakline.compareSnapshots',
      args,
    );
    assert.deepEqual(
      report.findings.map(({ className }) => className),
      ['Order'],
    );
    assert.equal(leaklineDiagnostics().length, 1);
  });
});
