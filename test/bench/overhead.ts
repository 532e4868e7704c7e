// `npm run bench:overhead [-- --pairs 5 --seconds 30 --rate 200]`: what each step of the ladder does to
// the demo shop under load. The shop is measured with and without the step in turns; the times of all
// turns are compared as ratios. Exits with 1 if a request failed. Writes its section of CARE.md.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { InspectorSession } from '../../src/inspector/inspectorSession';
import { parseAttachAddress, resolveTarget } from '../../src/inspector/targets';
import { watchAllocations } from '../../src/investigation/watchAllocations';
import { watchMemory } from '../../src/investigation/watchMemory';
import { buildShop, shopFolder, startShop, type RunningShop } from '../support/shop';
import { runCommand } from '../support/vscode/runCommand';
import { writeCareSection } from './careSection';

/** What somebody does to the shop for so many seconds. */
type Step = (session: InspectorSession, seconds: number) => Promise<unknown>;

const { signal } = new AbortController();
const silent = () => {};
const watch =
  (collect: boolean, intervalSeconds: number): Step =>
  (session, seconds) =>
    watchMemory(session, { seconds, intervalSeconds, collect }, silent, signal);

/** At the intervals that the command line has by default. */
const STEPS: Readonly<Record<string, Step | undefined>> = {
  'nothing (how much the times vary by themselves)': undefined,
  'reading counters (`triage`)': watch(false, 2),
  'trend after collections (`triage --gc`)': watch(true, 10),
  'sampling allocations (`sample`)': (session, seconds) =>
    watchAllocations(
      session,
      { seconds, rounds: Math.max(Math.round(seconds / 5), 3), intervalBytes: 32_768 },
      { root: shopFolder },
      silent,
      signal,
    ),
  'one heap snapshot (`find`)': takeSnapshot,
};

async function takeSnapshot(session: InspectorSession): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leakline-bench-'));
  try {
    await session.collectGarbage();
    await session.capture(path.join(folder, 'shop.heapsnapshot'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Load {
  /** Milliseconds that each request took. */
  readonly times: readonly number[];
  readonly failed: number;
}

interface Turns {
  readonly without: Load[];
  readonly during: Load[];
}

async function loadFor(shop: RunningShop, rate: number, seconds: number): Promise<Load> {
  const program = path.join(__dirname, 'generators', 'httpLoad.mjs');
  const args = [program, `${shop.url}/products/T00`, String(rate), String(seconds)];
  return JSON.parse(await runCommand(process.execPath, args)) as Load;
}

async function loadDuring(
  step: Step | undefined,
  shop: RunningShop,
  rate: number,
  seconds: number,
) {
  if (!step) return loadFor(shop, rate, seconds);
  const { webSocketUrl } = await resolveTarget(parseAttachAddress(shop.inspector));
  const session = await InspectorSession.connect(webSocketUrl);
  const [load] = await Promise.all([loadFor(shop, rate, seconds), step(session, seconds)]);
  await session.close();
  return load;
}

/** One shop for all turns of a step, which comes first in every other pair. */
async function measure(step: Step | undefined, { pairs, rate, seconds }: Plan): Promise<Turns> {
  const shop = await startShop();
  const turns: Turns = { without: [], during: [] };
  try {
    await loadFor(shop, rate, 10);
    for (let pair = 0; pair < pairs; pair++) {
      const order =
        pair % 2 === 0 ? (['without', 'during'] as const) : (['during', 'without'] as const);
      for (const turn of order) {
        turns[turn].push(
          await loadDuring(turn === 'during' ? step : undefined, shop, rate, seconds),
        );
      }
    }
  } finally {
    await shop.stop();
  }
  return turns;
}

function quantile(loads: readonly Load[], share: number): number {
  const times = loads.flatMap(({ times }) => times).sort((a, b) => a - b);
  return times[Math.min(Math.floor(times.length * share), times.length - 1)];
}

function rowOf(name: string, { without, during }: Turns): string {
  const change = (share: number) => {
    const ratio = quantile(during, share) / quantile(without, share) - 1;
    return `${ratio < 0 ? '-' : '+'}${Math.abs(ratio * 100).toFixed(1)} %`;
  };
  const failed = [...without, ...during].reduce((sum, load) => sum + load.failed, 0);
  const milliseconds = (loads: readonly Load[], share: number) =>
    `${quantile(loads, share).toFixed(1)} ms`;
  return `| ${[
    name,
    milliseconds(without, 0.99),
    change(0.5),
    change(0.99),
    milliseconds(during, 1),
    failed,
  ].join(' | ')} |`;
}

interface Plan {
  readonly pairs: number;
  readonly seconds: number;
  /** Requests per second. */
  readonly rate: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '30' },
      rate: { type: 'string', default: '200' },
    },
  });
  const plan = {
    ...{ pairs: Number(values.pairs), seconds: Number(values.seconds), rate: Number(values.rate) },
  };
  await buildShop();
  const rows: string[] = [];
  for (const [name, step] of Object.entries(STEPS)) {
    const turns = await measure(step, plan);
    const row = rowOf(name, turns);
    console.log(row);
    rows.push(row);
    const failed = [...turns.without, ...turns.during].some((load) => load.failed > 0);
    if (failed) process.exitCode = 1;
  }
  await writeCareSection(
    [
      '## What each step does to a loaded server (`npm run bench:overhead`)',
      '',
      `The demo shop gets ${plan.rate} requests a second from autocannon on the same machine, ${plan.pairs} times`,
      `${plan.seconds} s with the step and as often without, in turns. Changes are those of the quantile of all requests.`,
      '',
      '| Step | p99 without | p50 | p99 | Longest request | Failed |',
      '| --- | --: | --: | --: | --: | --: |',
      ...rows,
    ].join('\n'),
  );
}

void main();
