import type { TestCounts } from './testCounts';

/** How a suite's process came to its end. */
export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Seconds after which the process was stopped; undefined when it ended by itself. */
  stoppedAfter?: number;
}

/** A suite's share of the closing line, and why it failed where its tests alone do not say so. */
export interface SuiteResult {
  passed: number;
  failed: number;
  problem?: string;
}

/**
 * Judges a suite by what its tests counted and by how its process ended. Nothing is green by
 * silence: no counts, no tests, skipped tests, or a bad end after good tests are all failures.
 */
export function judgeSuite(counts: TestCounts | undefined, end: ProcessEnd): SuiteResult {
  const passed = counts?.passed ?? 0;
  const failed = counts?.failed ?? 0;
  const pending = counts?.pending ?? 0;

  if (end.stoppedAfter !== undefined)
    return { passed, failed: failed + 1, problem: `stopped after ${end.stoppedAfter} s` };
  if (!counts) return failure(`${howItEnded(end)} before it reported any result`);
  if (passed + failed + pending === 0) return failure('ran no tests');
  if (pending > 0)
    return { passed, failed: failed + pending, problem: `${pending} skipped, counted as failed` };
  if (failed === 0 && end.code !== 0)
    return { passed, failed: 1, problem: `its tests passed, but it ${howItEnded(end)}` };
  return { passed, failed };
}

/** A suite that did not get as far as running its tests. */
export function failure(problem: string): SuiteResult {
  return { passed: 0, failed: 1, problem };
}

/** The line of a suite, and below it each test that failed or had to be tried again. */
export function describeSuite(name: string, result: SuiteResult, counts?: TestCounts): string {
  const { passed, failed, problem } = result;
  const mark = failed === 0 ? '✔' : '✖';
  const line = `${mark} ${name}: ${passed} of ${passed + failed} passed`;
  return [
    problem ? `${line} (${problem})` : line,
    ...(counts?.failures ?? []).map((failed) => `    ✖ ${failed}`),
    ...(counts?.flaky ?? []).map((flaky) => `    ↻ passed when tried again: ${flaky}`),
  ].join('\n');
}

function howItEnded({ code, signal }: ProcessEnd): string {
  return signal ? `was ended by ${signal}` : `ended with code ${code}`;
}
