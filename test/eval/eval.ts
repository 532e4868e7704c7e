// `npm run eval [-- OPTIONS]`: runs Leakline on programs whose leak is known, and writes what it says
// about them to RESULTS.md. `--help` lists the options.
import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../support/projectRoot';
import { runToEnd } from './childProcess';
import { type EvalCase, readCases, type Variant } from './evalCase';
import { abortOnInterrupt, describeJudgement, evaluate, type Job, variantsOf } from './evaluate';
import type { Judgement } from './judgement';
import { renderResults } from './renderResults';
import { isReached, scoreTargets } from './scores';

const HELP = `npm run eval -- [OPTIONS]

  --cases DIR     a folder of cases; may be given more than once (default: test/eval/cases)
  --only NAMES    these cases only: a,b,c
  --leaking       leaking programs only, not their fixed twins nor healthy programs
  --fixed         fixed twins only
  --rename SEED   rename all identifiers of the cases at random first
  --jobs N        how many run at a time (default: 2)
  --node PATH     the Node.js that runs the cases (default: this one)
  --output FILE   where to write the results (default: test/eval/RESULTS.md, if all of the
                  project's own cases run)
  --json FILE     write every report to FILE

Exit code 1 if a target is missed. Copies and installations are kept in .cache/eval.
`;

const OWN_CASES = path.join(__dirname, 'cases');

const { values: options } = parseArgs({
  options: {
    cases: { type: 'string', multiple: true },
    only: { type: 'string' },
    leaking: { type: 'boolean', default: false },
    fixed: { type: 'boolean', default: false },
    rename: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    node: { type: 'string', default: process.execPath },
    output: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function chooseJobs(): Job[] {
  const only = options.only?.split(',');
  const cases = (options.cases ?? [OWN_CASES]).flatMap((folder) => readCases(path.resolve(folder)));
  const unknown = only?.find((name) => !cases.some((evalCase) => evalCase.name === name));
  if (unknown) throw new Error(`There is no case "${unknown}".`);
  const seed = options.rename === undefined ? {} : { renameSeed: seedFrom(options.rename) };
  return cases
    .filter(({ name }) => !only || only.includes(name))
    .flatMap((evalCase) =>
      chosenVariants(evalCase).map((variant) => ({ evalCase, variant, ...seed })),
    );
}

function chosenVariants(evalCase: EvalCase): Variant[] {
  const { leaking, fixed } = options;
  const all = !leaking && !fixed;
  return variantsOf(evalCase).filter(
    (variant) => all || (variant === 'leaking' && leaking) || (variant === 'fixed' && fixed),
  );
}

function seedFrom(text: string): number {
  const seed = Number(text);
  if (!Number.isSafeInteger(seed)) throw new Error('--rename must be a whole number.');
  return seed;
}

/** Results of some cases only do not replace those of all. */
function outputFile(): string | undefined {
  const { output, cases, only, leaking, fixed } = options;
  if (output !== undefined) return output;
  return cases || only || leaking || fixed ? undefined : path.join(__dirname, 'RESULTS.md');
}

/** The command as typed, with folders by their last name: what lies where is the machine's matter. */
function command(): string {
  const words = process.argv
    .slice(2)
    .map((word) => (path.isAbsolute(word) ? path.basename(word) : word));
  return ['npm run eval', ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
}

async function main(): Promise<void> {
  const parallel = Number(options.jobs);
  if (!(parallel >= 1)) throw new Error('--jobs must be a number from 1 on.');
  const jobs = chooseJobs();
  const { signal, release } = abortOnInterrupt();
  try {
    const run = { cwd: projectRoot, signal, limitSeconds: 120 };
    await runToEnd(process.execPath, ['esbuild.mjs'], run);
    const nodeVersion = (await runToEnd(options.node, ['--version'], run)).trim();
    const onDone = (judgement: Judgement, done: number) =>
      console.log(`[${done}/${jobs.length}] ${describeJudgement(judgement)}`);
    const judgements = await evaluate(jobs, { node: options.node, parallel, signal, onDone });
    publish(judgements, nodeVersion);
  } finally {
    release();
  }
}

function publish(judgements: readonly Judgement[], nodeVersion: string): void {
  const seed = options.rename === undefined ? {} : { renameSeed: seedFrom(options.rename) };
  const text = renderResults({ judgements, command: command(), nodeVersion, ...seed });
  console.log(`\n${text}`);
  const output = outputFile();
  if (output) writeFileSync(output, text);
  if (options.json) writeFileSync(options.json, JSON.stringify(judgements, null, 2));
  if (!scoreTargets(judgements).every(isReached)) process.exitCode = 1;
}

if (options.help) console.log(HELP);
else
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = error instanceof Error && error.message === 'Interrupted.' ? 130 : 2;
  });
