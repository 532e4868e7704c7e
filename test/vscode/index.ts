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

/** `LEAKLINE_TEST_FILES=views,smoke` runs only files whose names begin so. */
function isWanted(name: string): boolean {
  const wanted = process.env['LEAKLINE_TEST_FILES'];
  return !wanted || wanted.split(',').some((start) => name.startsWith(start));
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.js') && isWanted(name))
    .sort()
    .map((name) => path.join(folder, name));
}
