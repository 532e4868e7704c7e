import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import CountingReporter from '../support/testRun/countingReporter';
import {
  beforeReloadFile,
  readCounts,
  resultsVariable,
  writeCounts,
} from '../support/testRun/testCounts';
import { hostedFolderVariable } from '../support/vscode/windowActions';

const MAIN_SUITE = 'suite';

/**
 * Called by VS Code inside the extension host: runs the bundled test files that the window is for. Those
 * of `reload` need it reloaded between them, after which VS Code calls this again.
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const folder = process.env[hostedFolderVariable] ?? MAIN_SUITE;
  if (folder !== MAIN_SUITE) return runFiles(testFiles(folder));
  const before = readCounts(beforeReloadFile);
  if (!before) {
    const ahead = testFiles('reload').filter((file) => path.basename(file) === 'before.test.js');
    await runFiles([...testFiles(MAIN_SUITE), ...ahead]);
    if (ahead.length > 0) await reloadWindow();
    return;
  }
  rmSync(beforeReloadFile);
  await runFiles(testFiles('reload').filter((file) => path.basename(file) === 'after.test.js'));
  const after = readCounts(resultsFile())!;
  writeCounts({
    passed: before.passed + after.passed,
    failed: before.failed + after.failed,
    pending: before.pending + after.pending,
  });
}

async function runFiles(files: readonly string[]): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    forbidOnly: true,
    reporter: CountingReporter,
  });
  for (const file of files) mocha.addFile(file);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** Never resolves: this extension host ends, and the next one goes on. */
async function reloadWindow(): Promise<never> {
  copyFileSync(resultsFile(), beforeReloadFile);
  await vscode.commands.executeCommand('workbench.action.reloadWindow');
  return new Promise<never>(() => {});
}

function resultsFile(): string {
  const file = process.env[resultsVariable];
  if (!file) throw new Error('The window is reloaded only by `npm test -- vscode`.');
  return file;
}

function testFiles(folder: string): string[] {
  const wanted = process.env['LEAKLINE_TEST_FILES']?.split(',') ?? [''];
  return readdirSync(path.join(__dirname, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => name.endsWith('.test.js') && wanted.some((part) => name.includes(part)))
    .sort()
    .map((name) => path.join(__dirname, name));
}
