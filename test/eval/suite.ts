// The suite `eval` of `npm test`: the project's own cases, each with what runs for it. Leaking
// programs run with other identifiers each time.
import { randomInt } from 'node:crypto';
import * as path from 'node:path';
import { writeCounts } from '../support/testRun/testCounts';
import { readCases } from './evalCase';
import { abortOnInterrupt, describeJudgement, evaluate, type Job, variantsOf } from './evaluate';

function allJobs(renameSeed: number): Job[] {
  return readCases(path.join(__dirname, 'cases')).flatMap((evalCase) =>
    variantsOf(evalCase).map((variant) =>
      variant === 'leaking' ? { evalCase, variant, renameSeed } : { evalCase, variant },
    ),
  );
}

async function main(): Promise<void> {
  const seed = randomInt(1_000_000);
  console.log(`Identifiers renamed as with npm run eval -- --rename ${seed}`);
  const { signal, release } = abortOnInterrupt();
  try {
    const judgements = await evaluate(allJobs(seed), {
      node: process.execPath,
      parallel: 2,
      signal,
      onDone: (judgement) => console.log(`  ${describeJudgement(judgement)}`),
    });
    const failed = judgements.filter(({ passed }) => !passed).length;
    writeCounts({ passed: judgements.length - failed, failed, pending: 0 });
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    release();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
