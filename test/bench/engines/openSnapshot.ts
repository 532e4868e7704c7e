// node --import tsx openSnapshot.ts FILE: opens a snapshot in the analysis worker as the extension
// does, asks for pages, and closes it. Prints the time of each kind of page, as the asker waits for
// it, and the memory of the process before and, several times, with the snapshot open and closed.
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AnalysisClient } from '../../../src/analysis/analysisClient';
import type { SnapshotSummary } from '../../../src/analysis/contract';
import { projectRoot } from '../../support/projectRoot';

/** Times to open and close: memory that is given back, or used again, does not add up. */
const TIMES = 3;
const PAGES = 400;
const ROWS = 100;
/** A person looks at the summary first; the worker gets ready for questions meanwhile. */
const LOOK_MS = 3_000;
/** The kernel takes a thread's memory back some time after the thread has ended. */
const SETTLE_MS = 1_000;

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

async function timePages(ask: (index: number) => Promise<unknown>) {
  const times: number[] = [];
  for (let index = 0; index < PAGES; index++) {
    const started = performance.now();
    await ask(index);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return {
    medianMs: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    longestMs: times[times.length - 1],
  };
}

async function main(file: string): Promise<void> {
  const client = new AnalysisClient(path.join(projectRoot, 'dist', 'analysisWorker.js'));
  const signal = new AbortController().signal;
  const open = () => client.summarize({ path: file }, () => {}, signal);
  const rss = { before: process.memoryUsage.rss(), open: [] as number[], closed: [] as number[] };
  let answers;
  for (let time = 1; time <= TIMES; time++) {
    const { nodeCount, classes } = await open();
    rss.open.push(process.memoryUsage.rss());
    if (time === 1) await delay(LOOK_MS);
    answers ??= { nodeCount, pages: await askForPages(client, nodeCount, classes) };
    client.dispose();
    await delay(SETTLE_MS);
    rss.closed.push(process.memoryUsage.rss());
  }
  console.log(JSON.stringify({ ...answers, rss }));
}

async function askForPages(
  client: AnalysisClient,
  nodeCount: number,
  classes: SnapshotSummary['classes'],
) {
  // Nodes all over the file, in an order that no cache can foresee.
  const node = (index: number) => Math.floor(((index * 0.618033988749895) % 1) * nodeCount);
  const first = { offset: 0, count: ROWS };
  const retainers = await timePages((index) => client.retainers({ node: node(index), ...first }));
  const children = await timePages((index) => client.children({ node: node(index), ...first }));
  // Every class in turn, the largest first: those that have the most instances are among them.
  const instances = await timePages((index) => {
    const { name } = classes[index % classes.length];
    return client.instances({ className: name, ...first });
  });
  return { retainers, children, instances };
}

void main(process.argv[2]);
