import * as path from 'node:path';
import { projectRoot } from '../support/projectRoot';
import { describeRun, median } from './compareEngines';
import { warmUp } from './inputs';
import { measuredRun, type Run } from './measuredRun';

/** What comparing snapshots takes, beside what loading them one by one takes. */
export interface DiffComparison {
  readonly diff: Run;
  /** `leakline summary` of each snapshot. */
  readonly loads: readonly Run[];
}

const LIMIT_SECONDS = 300;
const CLI = path.join(projectRoot, 'dist', 'cli.js');

/** Runs `leakline diff` on snapshots of one process and, in turns, `leakline summary` on each. */
export async function compareDiff(
  files: readonly string[],
  node: string,
  runs: number,
): Promise<DiffComparison> {
  // Whether there is a leak or not is no matter here.
  const options = { node, limitSeconds: LIMIT_SECONDS, goodCodes: [0, 1] };
  const commands = [
    ['diff', ...files, '--format=json'],
    ...files.map((file) => ['summary', file, '--format=json']),
  ];
  const results = commands.map((): Run[] => []);
  files.forEach(warmUp);
  for (let round = 1; round <= runs; round++) {
    for (const [index, command] of commands.entries()) {
      const run = await measuredRun([CLI, ...command], options);
      console.log(`${command[0]} ${round}/${runs}: ${describeRun(run)}`);
      results[index].push(run);
    }
  }
  const [diff, ...loads] = results.map(median);
  return { diff, loads };
}
