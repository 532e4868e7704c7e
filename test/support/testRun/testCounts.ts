import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { outputFolder } from '../projectRoot';

/** What one mocha run counted. A pending test is one that was declared or marked as not to be run. */
export interface TestCounts {
  passed: number;
  failed: number;
  pending: number;
  /** Full titles of those that failed, each with the first line of why. */
  failures?: string[];
  /** Full titles of those that passed only when they were tried again, with why not at first. */
  flaky?: string[];
}

/**
 * How often a failed test is tried again. Only where nobody watches: a busy machine there must not
 * hold back a change, yet each test that needed it is named at the end. On a desk a flake fails.
 */
export const testRetries = process.env['CI'] ? 1 : 0;

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

/** The counts of two runs as those of one. */
export function sumCounts(before: TestCounts, after: TestCounts): TestCounts {
  return {
    passed: before.passed + after.passed,
    failed: before.failed + after.failed,
    pending: before.pending + after.pending,
    failures: [...(before.failures ?? []), ...(after.failures ?? [])],
    flaky: [...(before.flaky ?? []), ...(after.flaky ?? [])],
  };
}

/** The counts a suite's process left in `file`, or undefined when it ended before it could. */
export function readCounts(file: string): TestCounts | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as TestCounts;
  } catch {
    return undefined;
  }
}
