import { arch, cpus, release, totalmem, type } from 'node:os';
import { gigabytes, SHORT_RUN_FACTOR, type Comparison, type EngineRow } from './compareEngines';
import type { DiffComparison } from './compareDiff';
import type { FrameTimes, PanelTimes } from './measurePanel';
import type { Run } from './measuredRun';

export interface Results {
  readonly comparisons: readonly Comparison[];
  /** What engines/openSnapshot.ts found. */
  readonly opened: Run | undefined;
  readonly diff: DiffComparison | undefined;
  readonly panel: PanelTimes | undefined;
  readonly runs: number;
  /** The Node.js that ran the engines: `v24.21.0`. */
  readonly nodeVersion: string;
}

/** The page that `npm run bench` leaves behind. */
export function renderResults(results: Results): string {
  const blocks = [
    '# Benchmark results',
    `Written by \`npm run bench\`; do not edit. ${machine(results)}`,
    `Each engine runs in a process of its own, one at a time and in turns, on a file in the page
cache. Wall time and CPU time are those of the whole process, and the memory is its peak RSS.
Median of ${results.runs}, or of ${results.runs * SHORT_RUN_FACTOR} where each takes less than five seconds; what takes longer than a
minute is run once. What takes two minutes, or 20 times as long as Leakline and more than one minute,
is given up.`,
    ...results.comparisons.map(renderComparison),
    ...(results.diff ? [renderDiff(results.diff)] : []),
    ...(results.opened ? [renderOpened(results.opened)] : []),
    ...(results.panel ? [renderPanel(results.panel)] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function machine({ nodeVersion }: Results): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown processor';
  const system = `${type()} ${release()} ${arch()}`;
  return `${processors.length} × ${model}, ${gigabytes(totalmem())}, ${system}, Node.js ${nodeVersion}.`;
}

function renderComparison({ input, bytes, nodeCount, edgeCount, rows }: Comparison): string {
  const ours = rows.find(({ engine }) => engine.name === 'leakline')?.result;
  const facts = [
    `${(bytes / 1e6).toFixed(1)} MB`,
    `${millions(nodeCount)} M nodes`,
    `${millions(edgeCount)} M edges`,
  ];
  return [
    `## Load and summary, ${input}: ${facts.join(', ')}`,
    '',
    '| Engine | Wall s | CPU s | Peak RSS | RSS / file | Wall / Leakline |',
    '| --- | --: | --: | --: | --: | --: |',
    ...rows.map((row) => engineLine(row, bytes, ours)),
    ...passLines(ours),
  ].join('\n');
}

function engineLine({ engine, result }: EngineRow, bytes: number, ours: Run | undefined): string {
  if (result.outcome === 'failed') return `| ${engine.title} | ${cell(result.why)} | | | | |`;
  const { wallSeconds, cpuSeconds, peakRssBytes } = result;
  const ratio = ours?.outcome === 'done' ? (wallSeconds / ours.wallSeconds).toFixed(2) : '';
  const cells = [
    wallSeconds.toFixed(2),
    cpuSeconds.toFixed(2),
    gigabytes(peakRssBytes),
    (peakRssBytes / bytes).toFixed(2),
    ratio,
  ];
  return `| ${engine.title} | ${cells.join(' | ')} |`;
}

/** What Leakline itself says about its passes. */
function passLines(ours: Run | undefined): string[] {
  if (ours?.outcome !== 'done') return [];
  const { timings } = ours.output as {
    timings?: { passes: { name: string; milliseconds: number }[] };
  };
  const passes = timings?.passes.map(
    ({ name, milliseconds }) => `${name.toLowerCase()} ${Math.round(milliseconds)}`,
  );
  return passes ? ['', `Leakline's passes in ms: ${passes.join(', ')}.`] : [];
}

function renderDiff({ diff, loads }: DiffComparison): string {
  const title = `## Diff of ${loads.length} snapshots of about 250 MB`;
  const failed = [diff, ...loads].find(({ outcome }) => outcome === 'failed');
  if (failed?.outcome === 'failed') return `${title}\n\nFailed: ${failed.why}`;
  const wall = (run: Run) => (run.outcome === 'done' ? run.wallSeconds : NaN);
  const loading = loads.reduce((sum, run) => sum + wall(run), 0);
  const over = (wall(diff) / loading - 1) * 100;
  return [
    title,
    '',
    `\`leakline diff\` took ${wall(diff).toFixed(2)} s. To load the snapshots one by one with \`leakline summary\``,
    `took ${loads.map((run) => wall(run).toFixed(2)).join(' + ')} = ${loading.toFixed(2)} s: the diff took ${Math.abs(over).toFixed(0)} % ${over < 0 ? 'less' : 'more'}.`,
  ].join('\n');
}

interface Pages {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly longestMs: number;
}

interface Opened {
  readonly nodeCount: number;
  readonly pages: Record<string, Pages>;
  /** Bytes: at first, and each time that it was open, and that it was closed. */
  readonly rss: { readonly before: number; readonly open: number[]; readonly closed: number[] };
}

function renderOpened(run: Run): string {
  const title = '## An open snapshot (l)';
  if (run.outcome === 'failed') return `${title}\n\nFailed: ${run.why}`;
  const { nodeCount, pages, rss } = run.output as unknown as Opened;
  return [
    title,
    '',
    `${millions(nodeCount)} M nodes, asked for over the channel to the worker, 400 pages of each kind.`,
    '',
    '| Page of 100 | Median ms | p95 ms | Longest ms |',
    '| --- | --: | --: | --: |',
    ...Object.entries(pages).map(([kind, { medianMs, p95Ms, longestMs }]) => {
      const cells = [medianMs, p95Ms, longestMs].map((ms) => ms.toFixed(2));
      return `| ${kind} | ${cells.join(' | ')} |`;
    }),
    '',
    `Memory of the process: ${gigabytes(rss.before)} before; with the snapshot open, and a second after`,
    `closing it: ${rss.open.map((open, i) => `${gigabytes(open)}, ${gigabytes(rss.closed[i])}`).join('; again ')}.`,
  ].join('\n');
}

function renderPanel({ rowCount, answerMs, loadMs, ...times }: PanelTimes): string {
  const { openMs, filterMs, frames } = times;
  const ms = (time: number) => `${time.toFixed(0)} ms`;
  return [
    `## The panel: ${rowCount.toLocaleString('en')} retainers of one object`,
    '',
    'The panel in a real Chromium, which asks a real analysis worker that has the snapshot open. Medians,',
    `but for what the worker does once: it answers with the first retainers in ${ms(answerMs)}.`,
    '',
    `From the start of loading the page to the first rows of the chain: ${ms(loadMs)}. From the key that`,
    `opens the object again to its first retainers: ${ms(openMs)}. To the first rows of a filter that all`,
    `retainers pass, from the last letter on: ${ms(filterMs)}.`,
    '',
    'Time between frames. The first line, of a page at rest, is what the machine makes of it.',
    '',
    '| Scrolling | Frames | Median ms | p95 ms | Longest ms | Longest task, CPU ms |',
    '| --- | --: | --: | --: | --: | --: |',
    ...Object.entries(frames).map(([name, times]) => frameLine(name, times)),
  ].join('\n');
}

function frameLine(name: string, times: FrameTimes): string {
  const { medianMs, p95Ms, longestMs, longestTaskCpuMs } = times;
  const cells = [medianMs, p95Ms, longestMs, longestTaskCpuMs].map((time) => time.toFixed(1));
  return `| ${name} | ${times.count} | ${cells.join(' | ')} |`;
}

function millions(count: number): string {
  return (count / 1e6).toFixed(2);
}

/** A failure may quote what an engine printed. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
