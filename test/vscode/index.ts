import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';
import * as vscode from 'vscode';
import CountingReporter from '../support/testRun/countingReporter';
import {
  beforeReloadFile,
  readCounts,
  resultsVariable,
  sumCounts,
  testRetries,
  writeCounts,
} from '../support/testRun/testCounts';
import { hostedFolderVariable } from '../support/vscode/windowActions';

const MAIN_SUITE = 'suite';

/**
 * Called by VS Code inside the extension host: runs the bundled test files that the window is for. If
 * its folder has tests in `reload`, the window is reloaded between the two of them, after which VS
 * Code calls this again.
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const folder = process.env[hostedFolderVariable] ?? MAIN_SUITE;
  const before = readCounts(beforeReloadFile);
  if (!before) {
    const ahead = reloadTests(folder, 'before');
    await runFiles([...testFiles(folder).filter((file) => !isReloadTest(file)), ...ahead]);
    if (ahead.length > 0) await reloadWindow();
    return;
  }
  rmSync(beforeReloadFile);
  await runFiles(reloadTests(folder, 'after'));
  writeCounts(sumCounts(before, readCounts(resultsFile())!));
}

async function runFiles(files: readonly string[]): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    forbidOnly: true,
    retries: testRetries,
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

function reloadTests(folder: string, when: 'before' | 'after'): string[] {
  const isWanted = (file: string) => path.basename(file) === `${when}.test.js`;
  return testFiles(folder).filter((file) => isReloadTest(file) && isWanted(file));
}

function isReloadTest(file: string): boolean {
  return path.basename(path.dirname(file)) === 'reload';
}

function testFiles(folder: string): string[] {
  const wanted = process.env['LEAKLINE_TEST_FILES']?.split(',') ?? [''];
  return readdirSync(path.join(__dirname, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => name.endsWith('.test.js') && wanted.some((part) => name.includes(part)))
    .sort()
    .map((name) => path.join(__dirname, name));
}
