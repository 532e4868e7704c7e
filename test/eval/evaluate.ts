import type { EvalCase, Variant } from './evalCase';
import { type Judgement, judge } from './judgement';
import { runCase } from './runCase';

/** One run to do. */
export interface Job {
  readonly evalCase: EvalCase;
  readonly variant: Variant;
  readonly renameSeed?: number;
}

export interface EvaluateOptions {
  readonly node: string;
  /** How many run at a time. */
  readonly parallel: number;
  readonly signal: AbortSignal;
  readonly onDone: (judgement: Judgement, done: number) => void;
}

/** Runs and judges all jobs; the answers are in the order of the jobs. @throws after an abort. */
export async function evaluate(
  jobs: readonly Job[],
  { parallel, onDone, node, signal }: EvaluateOptions,
): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  let next = 0;
  let done = 0;
  const worker = async () => {
    while (next < jobs.length) {
      const at = next++;
      const { evalCase, variant, renameSeed } = jobs[at];
      const seed = renameSeed === undefined ? {} : { renameSeed };
      judgements[at] = judge(await runCase(evalCase, variant, { node, signal, ...seed }));
      onDone(judgements[at], ++done);
    }
  };
  const workers = await Promise.allSettled(Array.from({ length: parallel }, worker));
  signal.throwIfAborted();
  for (const end of workers) if (end.status === 'rejected') throw end.reason;
  return judgements;
}

/** The variants of a case: a healthy program has one, a leaking one has two if its fix is known. */
export function variantsOf(evalCase: EvalCase): Variant[] {
  if (!evalCase.leak) return ['healthy'];
  return evalCase.fixed ? ['leaking', 'fixed'] : ['leaking'];
}

/** One line about a run, for those who wait. */
export function describeJudgement({ run, passed, rank, findings }: Judgement): string {
  const { evalCase, variant, report, error, seconds } = run;
  const first = report?.findings[0];
  const site = first?.sites[0];
  const place = site ? `${site.file}:${site.line}` : 'no line';
  const found = first
    ? `${place} (${first.confidence}), ${findings.length} found`
    : 'nothing found';
  const said = error ?? `${report?.verdict}, ${found}${rank > 1 ? `, right one is ${rank}.` : ''}`;
  return `${passed ? '✔' : '✖'} ${evalCase.name} ${variant}: ${said}, ${seconds.toFixed(1)} s`;
}

/**
 * A signal that is aborted by Ctrl-C and by SIGTERM.
 * @returns it, and a function that stops listening
 */
export function abortOnInterrupt(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('Interrupted.'));
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const release = () => process.off('SIGINT', abort).off('SIGTERM', abort);
  return { signal: controller.signal, release };
}
