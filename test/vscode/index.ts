import * as path from 'node:path';
import { readdirSync } from 'node:fs';
import Mocha from 'mocha';
import CountingReporter from '../support/testRun/countingReporter';

/** Called by VS Code inside the extension host: runs every bundled test file beside this one. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    forbidOnly: true,
    reporter: CountingReporter,
  });
  for (const file of testFiles(path.join(__dirname, 'suite'))) mocha.addFile(file);
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js'))
    .sort()
    .map((name) => path.join(folder, name));
}
