import { formatBytes, formatCount } from '../base/bytes';
import type { Finding, LeakReport, PathStep, Site, SiteRole } from '../leaks/leakReport';
import { plainText } from './plainText';

/** What the line of a site does, as the renderers for people say it. */
export const ROLE_LABELS: Readonly<Record<SiteRole, string>> = {
  retention: 'kept by',
  growth: 'added at',
  registration: 'registered at',
  allocation: 'made at',
  removal: 'removed at',
  caller: 'called from',
};

/** What the line of a site does, and whether its file is known here. */
export function roleText({ role, unmapped }: Site): string {
  return unmapped ? `${ROLE_LABELS[role]}, no such file here` : ROLE_LABELS[role];
}

/** The outcome in a few words: `1 leak found`. */
export function verdictTitle({ verdict, findings }: LeakReport): string {
  if (verdict === 'clean') return 'no leak found';
  if (verdict === 'inconclusive') return 'inconclusive';
  return findings.length === 1 ? '1 leak found' : `${findings.length} leaks found`;
}

/** What was measured: `3 rounds, heap 10.1 MB → 12.2 MB`. */
export function runSummary({ rounds, heapBytes }: LeakReport): string {
  const first = heapBytes[0] ?? 0;
  const last = heapBytes.at(-1) ?? first;
  const heap = `heap ${formatBytes(first)} → ${formatBytes(last)}`;
  return `${formatCount(rounds)} ${rounds === 1 ? 'round' : 'rounds'}, ${heap}`;
}

/** How fast a finding grows: `+200 PriceQuote and +120 kB per round`; one object that grows: `+1 MB per round`. */
export function growthSummary(finding: Finding): string {
  const { countPerRound: count, retainedBytesPerRound: bytes } = finding;
  // Small averages would be rounded away: one object in three rounds is not "+0".
  const objects = count < 10 && !Number.isInteger(count) ? count.toFixed(1) : formatCount(count);
  const memory = `${bytes < 0 ? '' : '+'}${formatBytes(bytes)} per round`;
  return count === 0 ? memory : `+${objects} ${plainText(finding.className)} and ${memory}`;
}

/** `0.954` as `95%`; never `100%`, for nothing here is certain. */
export function confidencePercent(confidence: number): string {
  return `${Math.min(99, Math.round(confidence * 100))}%`;
}

/** A place as editors and terminals link it: `file:line:column`. */
export function placeText(place: { file: string; line: number; column: number }): string {
  return `${plainText(place.file)}:${place.line}:${place.column}`;
}

const SHOWN_AT_EACH_END = 8;
/** As many steps inside Node.js are shown before they are folded: a fold should save lines. */
const SHOWN_INSIDE_NODE = 2;
/** The leaked object, what contains it, and what holds that. */
const SHOWN_OF_THE_FINDING = 3;

/**
 * The retaining chain, one line a step, each indented under the one that holds it. Left out are the
 * way from the GC root through Node.js itself and the middle of a very long chain (a linked list).
 */
export function chainLines(path: readonly PathStep[]): string[] {
  const inside = stepsInsideNode(path);
  const folded = inside > 0 ? [`… ${inside} steps inside Node.js`] : [];
  const shown = path.slice(inside);
  return [...folded, ...withoutMiddle(shown)].map((line, depth) => `${'  '.repeat(depth)}${line}`);
}

/**
 * Steps to fold at the start of a path, before the program's own begin: at a module, or at code that
 * has a place in a file. On a way that has neither, the end is surely the program's. 0 where there
 * are so few that folding them saves nothing.
 */
export function stepsInsideNode(path: readonly PathStep[]): number {
  const own = path.findIndex(({ className, site }) => site !== undefined || className === 'Module');
  const inside = Math.min(own, path.length - SHOWN_OF_THE_FINDING);
  return inside > SHOWN_INSIDE_NODE ? inside : 0;
}

function withoutMiddle(path: readonly PathStep[]): string[] {
  const omitted = path.length - 2 * SHOWN_AT_EACH_END;
  if (omitted <= 1) return path.map(stepText);
  return [
    ...path.slice(0, SHOWN_AT_EACH_END).map(stepText),
    `… ${formatCount(omitted)} more …`,
    ...path.slice(-SHOWN_AT_EACH_END).map(stepText),
  ];
}

function stepText({ edge, className, site }: PathStep): string {
  const parts = [plainText(edge, 60), plainText(className, 40), site ? `(${placeText(site)})` : ''];
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
}
