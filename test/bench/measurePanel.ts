import * as path from 'node:path';
import type { Page } from 'playwright-core';
import { AnalysisClient } from '../../src/analysis/analysisClient';
import { median } from '../../src/base/median';
import type { RpcHandlers } from '../../src/base/rpc';
import type { PanelContract, PanelView } from '../../src/webview/panelContract';
import { projectRoot } from '../support/projectRoot';
import { startPanelHarness, type OpenPanel } from '../webview/panelHarness';
import { shopResult } from '../webview/shopResult';

/** What a person waits for in the panel, in milliseconds. */
export interface PanelTimes {
  /** Retainers of the object that was opened. */
  readonly rowCount: number;
  /** The worker's answer with the first retainers, which it puts in order for that; asked once. */
  readonly answerMs: number;
  /** From the start of loading the page until the chain is drawn. */
  readonly loadMs: number;
  /** From the key that opens the object until its first retainers are drawn. */
  readonly openMs: number;
  /** From the last letter of a filter until the first rows that pass it are drawn. */
  readonly filterMs: number;
  /** Time between frames while scrolling, by how it is done. */
  readonly frames: Readonly<Record<string, FrameTimes>>;
}

export interface FrameTimes {
  readonly count: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
  /** CPU time of the longest task of the page's main thread, whatever else the machine does. */
  readonly longestTaskCpuMs: number;
}

const RUNS = 5;
const FRAMES = 300;
/** Of which events tell when a thread is at work. */
const TRACE_CATEGORIES = ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'];

/** Opens the `Tenant` of a snapshot in the panel, and scrolls through all that holds it. */
export async function measurePanel(file: string): Promise<PanelTimes> {
  const client = new AnalysisClient(path.join(projectRoot, 'dist', 'analysisWorker.js'));
  const harness = await startPanelHarness();
  try {
    await client.summarize({ path: file }, () => {}, new AbortController().signal);
    const { rows } = await client.instances({ className: 'Tenant', offset: 0, count: 1 });
    const handlers = panelHandlers(client, rows[0].node);
    const asked = performance.now();
    const { total } = await client.retainers({ node: rows[0].node, offset: 0, count: 200 });
    const answerMs = performance.now() - asked;
    const times = { loadMs: [] as number[], openMs: [] as number[], filterMs: [] as number[] };
    let frames: PanelTimes['frames'] = {};
    for (let run = 1; run <= RUNS; run++) {
      const panel = await harness.open(handlers);
      times.loadMs.push(await timeOfLoading(panel));
      times.openMs.push(await timeOfOpening(panel));
      if (run === RUNS) frames = await scrollFrames(panel);
      times.filterMs.push(await timeOfFiltering(panel));
      await panel.close();
    }
    return {
      ...{ rowCount: total, answerMs },
      ...{ loadMs: median(times.loadMs), openMs: median(times.openMs) },
      filterMs: median(times.filterMs),
      frames,
    };
  } finally {
    client.dispose();
    await harness.close();
  }
}

/** The extension's side, with a chain that ends at `node`. */
function panelHandlers(client: AnalysisClient, node: number): RpcHandlers<PanelContract> {
  const [finding] = shopResult.report.findings;
  const chain = [
    { edge: '', className: '(GC root)', objectId: 1 },
    { edge: '.tenant', className: 'Tenant', objectId: 2 },
  ];
  const report = { ...shopResult.report, findings: [{ ...finding, path: chain }] };
  const result = { ...shopResult, report, nodes: [[0, node]], stepsInsideNode: [0] };
  const view: PanelView = { result, rank: finding.rank };
  return {
    view: () => view,
    select: () => {},
    retainers: (request) => client.retainers(request),
    open: () => {},
    copy: () => {},
  };
}

function timeOfLoading({ page }: OpenPanel): Promise<number> {
  // The page loads as the harness opens it, so this looks back.
  return page.evaluate<number>(`new Promise((resolve) => {
    const seen = () => document.querySelector('.row.step')
      ? requestAnimationFrame(() => resolve(performance.now()))
      : requestAnimationFrame(seen);
    seen();
  })`);
}

async function timeOfOpening({ page }: OpenPanel): Promise<number> {
  await page.locator('.row.step').last().focus();
  return timeUntil(page, `document.querySelector('.row.object.retainer')`, 'keydown', () =>
    page.keyboard.press('ArrowRight'),
  );
}

async function timeOfFiltering({ page }: OpenPanel): Promise<number> {
  await page.locator('vscode-textfield').click();
  const found = `/found/.test(document.querySelector('.toolbar [role=status]').textContent)`;
  const rows = `document.querySelector('.row.object.retainer')`;
  return timeUntil(page, `${found} && ${rows}`, 'input', () => page.keyboard.type('n'));
}

/** From an event in the page until the frame after `condition` holds there. */
async function timeUntil(
  page: Page,
  condition: string,
  event: string,
  act: () => Promise<void>,
): Promise<number> {
  const time = await page.evaluateHandle<{ taken: Promise<number> }>(`({
    taken: new Promise((resolve) => addEventListener(${JSON.stringify(event)}, () => {
      const started = performance.now();
      const check = () => ${condition}
        ? requestAnimationFrame(() => resolve(performance.now() - started))
        : requestAnimationFrame(check);
      check();
    }, { once: true, capture: true })),
  })`);
  await act();
  return time.evaluate(({ taken }) => taken);
}

async function scrollFrames({ page }: OpenPanel): Promise<PanelTimes['frames']> {
  const reset = () => page.evaluate(`document.querySelector('.tree').scrollTop = 0`);
  const line = `tree.scrollTop += 4 * document.querySelector('.row').offsetHeight`;
  const drag = `tree.scrollTop = (frame / ${FRAMES}) * tree.scrollHeight`;
  const leap = `tree.scrollTop = ((frame * 0.618033988749895) % 1) * tree.scrollHeight`;
  const frames: Record<string, FrameTimes> = {};
  for (const [name, step] of [
    ['not at all', ''],
    ['four rows a frame', line],
    ['from the first to the last row in 5 seconds', drag],
    ['to another place with each frame', leap],
  ]) {
    await reset();
    const browser = page.context().browser()!;
    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    const times = await timeFrames(page, step);
    const longestTaskCpuMs = longestTask(await browser.stopTracing());
    frames[name] = { ...times, longestTaskCpuMs };
  }
  return frames;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU time in microseconds. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** CPU time in milliseconds of the longest task of any page's main thread. */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  const tasks = traceEvents.filter(
    (event) => event.name.endsWith('RunTask') && mainThreads.has(threadOf(event)),
  );
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

async function timeFrames(page: Page, step: string): Promise<Omit<FrameTimes, 'longestTaskCpuMs'>> {
  const times = await page.evaluate<number[]>(`new Promise((resolve) => {
    const tree = document.querySelector('.tree');
    const times = [];
    let frame = 0;
    let last;
    const next = (now) => {
      if (last !== undefined) times.push(now - last);
      last = now;
      if (++frame > ${FRAMES}) return resolve(times);
      ${step};
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  })`);
  times.sort((a, b) => a - b);
  return {
    count: times.length,
    medianMs: median(times),
    p95Ms: times[Math.floor(times.length * 0.95)],
    longestMs: times[times.length - 1],
  };
}
