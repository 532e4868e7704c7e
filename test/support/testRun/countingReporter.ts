import Mocha from 'mocha';
import { writeCounts } from './testCounts';

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_RETRY } =
  Mocha.Runner.constants;

/** Mocha's spec reporter, which also hands the real counts to the process that runs all suites. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const failures: string[] = [];
    const retried = new Map<string, string>();
    const flaky: string[] = [];
    runner.on(EVENT_TEST_FAIL, (test, error) => failures.push(describeFailure(test, error)));
    runner.on(EVENT_TEST_RETRY, (test: Mocha.Test, error: unknown) =>
      retried.set(test.fullTitle(), describeFailure(test, error)),
    );
    runner.on(EVENT_TEST_PASS, (test) => {
      const first = retried.get(test.fullTitle());
      if (first !== undefined) flaky.push(first);
    });
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures: failed, pending } = this.stats;
      writeCounts({ passed: passes, failed, pending, failures, flaky });
    });
  }
}

function describeFailure(test: Mocha.Runnable, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${test.fullTitle()}: ${message.split('\n', 1)[0]}`;
}
