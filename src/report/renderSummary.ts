import { formatBytes, formatCount } from '../base/bytes';
import type { SnapshotSummary, SummaryTimings } from '../analysis/contract';
import { alignRight } from './alignRight';
import { harmlessJson } from './harmlessJson';
import { plainText } from './plainText';

export interface SummaryRendering {
  /** At most so many classes, those that retain most; all of them without it. */
  readonly top?: number;
  /** Whether to tell how long each pass took. */
  readonly timings: boolean;
}

const MAX_NAME = 60;

/** What a snapshot holds, as JSON: `timings` is there only if asked for. */
export function renderSummaryJson(
  summary: SnapshotSummary,
  { top = Infinity, timings }: SummaryRendering,
): string {
  const { nodeCount, edgeCount, totalBytes } = summary;
  return harmlessJson({
    nodeCount,
    edgeCount,
    totalBytes,
    classes: summary.classes.slice(0, top).map(({ name, count, shallowBytes, retainedBytes }) => ({
      name,
      count,
      shallowBytes,
      retainedBytes,
    })),
    ...(timings && { timings: publishedTimings(summary.timings) }),
  });
}

function publishedTimings({ passes, totalMilliseconds, peakRssBytes }: SummaryTimings) {
  return {
    passes: passes.map(({ name, milliseconds }) => ({ name, milliseconds: tenths(milliseconds) })),
    totalMilliseconds: tenths(totalMilliseconds),
    peakRssBytes,
  };
}

/** What a snapshot holds, as a table for a person at a terminal. */
export function renderSummaryText(
  summary: SnapshotSummary,
  { top = Infinity, timings }: SummaryRendering,
): string {
  const { nodeCount, edgeCount, totalBytes, classes } = summary;
  const shown = classes.slice(0, top);
  const hidden = classes.length - shown.length;
  const lines = [
    `${formatCount(nodeCount)} nodes, ${formatCount(edgeCount)} edges, ${formatBytes(totalBytes)}`,
    '',
    ...alignRight([
      ['Retained', 'Shallow', 'Count', 'Class'],
      ...shown.map(({ name, count, shallowBytes, retainedBytes }) => [
        formatBytes(retainedBytes),
        formatBytes(shallowBytes),
        formatCount(count),
        plainText(name, MAX_NAME),
      ]),
    ]),
    ...(hidden > 0 ? [`… ${formatCount(hidden)} more (--top)`] : []),
    ...(timings ? ['', ...timingLines(summary.timings)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function timingLines({ passes, totalMilliseconds, peakRssBytes }: SummaryTimings): string[] {
  const rows = [...passes, { name: 'Total', milliseconds: totalMilliseconds }];
  return [
    ...alignRight(rows.map(({ name, milliseconds }) => [`${formatCount(milliseconds)} ms`, name])),
    `Peak memory ${formatBytes(peakRssBytes)}`,
  ];
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
