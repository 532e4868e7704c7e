import * as path from 'node:path';
import { readdirSync } from 'node:fs';
import Mocha from 'mocha';
import CountingReporter from '../support/testRun/countingReporter';
import { hostedFolderVariable } from '../support/vscode/windowActions';

/** Called by VS Code inside the extension host: runs the bundled test files that the window is for. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    forbidOnly: true,
    reporter: CountingReporter,
  });
  const folder = process.env[hostedFolderVariable] ?? 'suite';
  for (const file of testFiles(path.join(__dirname, folder))) mocha.addFile(file);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => path.join(folder, name));
}
