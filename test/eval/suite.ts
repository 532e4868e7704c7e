// The suite `eval` of `npm test`: the project's own cases, each with what runs for it, and the
// exercises of the leak gym. Leaking programs run with other identifiers each time, exercises as they
// are shipped. What is missed is tried once more: when garbage is
// collected and compiled code let go is up to V8.
import { randomInt } from 'node:crypto';
import * as path from 'node:path';
import { projectRoot } from '../support/projectRoot';
import { writeCounts } from '../support/testRun/testCounts';
import { readCases } from './evalCase';
import { abortOnInterrupt, describeJudgement, evaluate, type Job, variantsOf } from './evaluate';

function allJobs(renameSeed: number): Job[] {
  const cases = readCases(path.join(__dirname, 'cases')).flatMap((evalCase) =>
    variantsOf(evalCase).map((variant) =>
      variant === 'leaking' ? { evalCase, variant, renameSeed } : { evalCase, variant },
    ),
  );
  const exercises = readCases(path.join(projectRoot, 'gym')).flatMap((evalCase) =>
    variantsOf(evalCase).map((variant) => ({ evalCase, variant })),
  );
  return [...exercises, ...cases];
}

function isKnownMiss({ evalCase, variant }: Job): boolean {
  return variant === 'leaking' && evalCase.knownMiss !== undefined;
}

async function main(): Promise<void> {
  const seed = randomInt(1_000_000);
  console.log(`Identifiers renamed as with npm run eval -- --rename ${seed}`);
  const { signal, release } = abortOnInterrupt();
  try {
    const run = (jobs: readonly Job[]) =>
      evaluate(jobs, {
        node: process.execPath,
        parallel: 2,
        signal,
        onDone: (judgement) => console.log(`  ${describeJudgement(judgement)}`),
      });
    const jobs = allJobs(seed);
    const judgements = await run(jobs);
    const missed = jobs.filter((_, at) => !judgements[at].passed);
    const unexpected = missed.filter((job) => !isKnownMiss(job));
    if (unexpected.length > 0) console.log('Missed ones again:');
    const again = await run(unexpected);
    const failures = again.filter(({ passed }) => !passed).map(describeJudgement);
    const flaky = again.filter(({ passed }) => passed).map(describeJudgement);
    const failed = failures.length;
    const known = missed.filter(isKnownMiss);
    for (const { evalCase } of known) console.log(`Known: ${evalCase.name}. ${evalCase.knownMiss}`);
    writeCounts({
      passed: jobs.length - known.length - failed,
      failed,
      pending: 0,
      failures,
      flaky,
    });
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    release();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
