import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { outputFolder } from '../projectRoot';

/** What one mocha run counted. A pending test is one that was declared or marked as not to be run. */
export interface TestCounts {
  passed: number;
  failed: number;
  pending: number;
}

/** Names the environment variable that tells a suite's process where to leave its {@link TestCounts}. */
export const resultsVariable = 'LEAKLINE_TEST_RESULTS';

/** Where the tests that ran before their window was reloaded leave their {@link TestCounts}. */
export const beforeReloadFile = path.join(outputFolder, 'testResults', 'beforeReload.json');

/** Leaves `counts` for the parent process, if there is one that asked for them. */
export function writeCounts(counts: TestCounts): void {
  const file = process.env[resultsVariable];
  if (!file) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(counts));
}

/** The counts a suite's process left in `file`, or undefined when it ended before it could. */
export function readCounts(file: string): TestCounts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestCounts;
  } catch {
    return undefined;
  }
}
