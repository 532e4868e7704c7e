import { freemem } from 'node:os';
import { engineOf, type Engine, type EngineName } from './engines';
import { describeInput, warmUp, type InputName } from './inputs';
import { measuredRun, type Run } from './measuredRun';

/** One engine on one input. */
export interface EngineRow {
  readonly engine: Engine;
  readonly runs: number;
  readonly result: Run;
}

export interface Comparison {
  readonly input: InputName;
  readonly bytes: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly rows: readonly EngineRow[];
}

export interface CompareOptions {
  readonly node: string;
  /** The folder of `provideEngines`. */
  readonly enginesFolder: string;
  readonly engines: readonly EngineName[];
  readonly runs: number;
}

/** An engine gets so many times what Leakline took, within these seconds. */
const LIMIT_RATIO = 20;
const LEAST_LIMIT_SECONDS = 60;
const MOST_LIMIT_SECONDS = 120;
/** The time of an engine that is run without Leakline. */
const LONE_LIMIT_SECONDS = 900;
/** What takes longer is run once: a few seconds more or less say nothing then. */
const LONG_RUN_SECONDS = 60;
/** What takes less is run more often: a tenth of a second more or less says much then. */
const SHORT_RUN_SECONDS = 5;
export const SHORT_RUN_FACTOR = 4;

/**
 * Runs the engines on a file, one at a time and in turns, so that whatever else the machine does
 * meets all of them. One that fails, or takes long, is not tried again.
 */
export async function compareEngines(
  input: InputName,
  file: string,
  options: CompareOptions,
): Promise<Comparison> {
  const facts = describeInput(file);
  const runsOf = new Map<EngineName, Run[]>(options.engines.map((name) => [name, []]));
  warmUp(file);
  for (let round = 1; round <= options.runs * SHORT_RUN_FACTOR; round++) {
    for (const [name, runs] of runsOf) {
      if (runs.length >= wantedRuns(runs, options.runs)) continue;
      const limitSeconds = limitFor(name, runsOf.get('leakline')?.[0]);
      const run = await runEngine(engineOf(name), file, { ...facts, limitSeconds }, options);
      console.log(`${input} ${name} ${round}: ${describeRun(run)}`);
      runs.push(run);
    }
  }
  const rows = [...runsOf].map(([name, runs]) => {
    const failed = runs.find(({ outcome }) => outcome === 'failed');
    return { engine: engineOf(name), runs: runs.length, result: failed ?? median(runs) };
  });
  return { input, ...facts, rows };
}

/** @param runs those of one engine so far */
function wantedRuns(runs: readonly Run[], usual: number): number {
  const areWithin = (seconds: number) =>
    runs.every((run) => run.outcome === 'done' && run.wallSeconds < seconds);
  if (!areWithin(LONG_RUN_SECONDS)) return 1;
  return areWithin(SHORT_RUN_SECONDS) ? usual * SHORT_RUN_FACTOR : usual;
}

/** Seconds after which an engine is given up. */
function limitFor(name: EngineName, ours: Run | undefined): number {
  if (name === 'leakline' || ours?.outcome !== 'done') return LONE_LIMIT_SECONDS;
  const seconds = Math.max(LEAST_LIMIT_SECONDS, LIMIT_RATIO * ours.wallSeconds);
  return Math.ceil(Math.min(MOST_LIMIT_SECONDS, seconds));
}

async function runEngine(
  engine: Engine,
  file: string,
  facts: { bytes: number; nodeCount: number; limitSeconds: number },
  { node, enginesFolder }: CompareOptions,
): Promise<Run> {
  const needed = engine.memoryPerByte * facts.bytes;
  const available = availableMemory();
  if (needed > available) {
    const why = `not tried: takes about ${gigabytes(needed)}, ${gigabytes(available)} are free`;
    return { outcome: 'failed', why };
  }
  const run = await measuredRun([...engine.args, file], {
    node,
    env: { LEAKLINE_BENCH_ENGINES: enginesFolder },
    limitSeconds: facts.limitSeconds,
  });
  if (run.outcome === 'done' && run.output.nodeCount !== facts.nodeCount) {
    return { outcome: 'failed', why: `found ${String(run.output.nodeCount)} nodes` };
  }
  return run;
}

/** The page cache, which the inputs fill, counts as free. */
function availableMemory(): number {
  const { availableMemory } = process as { availableMemory?: () => number };
  return availableMemory?.call(process) ?? freemem();
}

/** The run in the middle by wall time, as it was: its times and its memory belong together. */
export function median(runs: readonly Run[]): Run {
  const wall = (run: Run) => (run.outcome === 'done' ? run.wallSeconds : Infinity);
  return runs.toSorted((a, b) => wall(a) - wall(b))[(runs.length - 1) >> 1];
}

export function describeRun(run: Run): string {
  if (run.outcome === 'failed') return run.why;
  return `${run.wallSeconds.toFixed(2)} s, ${gigabytes(run.peakRssBytes)}`;
}

export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
