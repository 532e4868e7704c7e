import Mocha from 'mocha';
import { writeCounts } from './testCounts';

/** Mocha's spec reporter, which also hands the real counts to the process that runs all suites. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      writeCounts({ passed: passes, failed: failures, pending });
    });
  }
}
