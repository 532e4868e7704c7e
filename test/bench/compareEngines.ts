import { freemem } from 'node:os';
import { engineOf, TIME_LIMITS, type Engine, type EngineName } from './engines';
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

/**
 * Runs the engines on a file, one at a time and in turns, so that whatever else the machine does
 * meets all of them. One that fails is not tried again.
 */
export async function compareEngines(
  input: InputName,
  file: string,
  options: CompareOptions,
): Promise<Comparison> {
  const facts = describeInput(file);
  const runsOf = new Map<EngineName, Run[]>(options.engines.map((name) => [name, []]));
  warmUp(file);
  for (let round = 1; round <= options.runs; round++) {
    for (const [name, runs] of runsOf) {
      if (runs.some(({ outcome }) => outcome === 'failed')) continue;
      const run = await runEngine(engineOf(name), input, file, facts, options);
      console.log(`${input} ${name} ${round}/${options.runs}: ${describeRun(run)}`);
      runs.push(run);
    }
  }
  const rows = [...runsOf].map(([name, runs]) => {
    const failed = runs.find(({ outcome }) => outcome === 'failed');
    return { engine: engineOf(name), runs: runs.length, result: failed ?? median(runs) };
  });
  return { input, ...facts, rows };
}

async function runEngine(
  engine: Engine,
  input: InputName,
  file: string,
  facts: { bytes: number; nodeCount: number },
  { node, enginesFolder }: CompareOptions,
): Promise<Run> {
  const needed = engine.memoryPerByte * facts.bytes;
  if (needed > freemem()) {
    const why = `not tried: takes about ${gigabytes(needed)} of ${gigabytes(freemem())} free memory`;
    return { outcome: 'failed', why };
  }
  const run = await measuredRun([...engine.args, file], {
    node,
    env: { LEAKLINE_BENCH_ENGINES: enginesFolder },
    limitSeconds: TIME_LIMITS[input],
  });
  if (run.outcome === 'done' && run.output.nodeCount !== facts.nodeCount) {
    return { outcome: 'failed', why: `found ${String(run.output.nodeCount)} nodes` };
  }
  return run;
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
