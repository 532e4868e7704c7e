import { formatCount } from '../base/bytes';
import type { Suspect } from '../leaks/leakAnalysis';
import type { SiteRole } from '../leaks/leakReport';
import type { WeighedSite } from './siteFinder';

/** What the source says for or against a leak that the heap shows. */
export interface SiteEvidence {
  /** One thing each. */
  readonly sentences: readonly string[];
  /** What the confidence is to be multiplied by, 0..1. */
  readonly belief: number;
  /** There if the container is kept below a limit that it may not have reached yet. */
  readonly bound: FillingBound | undefined;
}

/** A limit that a container may not have reached yet. */
export interface FillingBound {
  /** The code that keeps it. */
  readonly line: string;
  /** As a number of entries, if the code says it. */
  readonly limit?: number;
}

/** Something is removed, so leaving out the rest may be meant; the measured growth counts more. */
const BELIEF_WITH_REMOVAL = 0.9;
const BELIEF_WITH_BOUND = 0.4;
/** The right name is likely, the right line less so. */
const BELIEF_IN_CHANGED_FILE = 0.7;
/** Lines of these roles make the leak grow; others only take part in it. */
const NAMES_THE_CAUSE: ReadonlySet<SiteRole> = new Set(['growth', 'registration']);
const BELIEF_WITHOUT_CAUSE = 0.6;
const BELIEF_WITHOUT_LINE = 0.5;
/** So many times a limit is more than what V8 and Node.js may have kept of their own. */
const BEYOND_LIMIT = 1.5;
const MAX_NAMED_FILES = 3;
const MAX_CODE = 80;

/**
 * @param best The first site of the finding.
 * @param container Its name, if it has one.
 * @param kept How many objects the rounds left in each container.
 */
export function siteEvidence(
  suspect: Suspect,
  best: WeighedSite | undefined,
  all: readonly WeighedSite[],
  container: string | undefined,
  kept: number,
): SiteEvidence {
  if (!best) return { sentences: [], belief: BELIEF_WITHOUT_LINE, bound: undefined };
  const removals = all.filter(
    ({ site, anchor }) => site.role === 'removal' && anchor === best.anchor,
  );
  const bound = removals.find((removal) => removal.bound);
  const broken = bound?.bound?.limit !== undefined && kept > bound.bound.limit * BEYOND_LIMIT;
  const sentences = bound
    ? [broken ? brokenBound(bound, kept) : boundSentence(bound)]
    : removalSentences(suspect, best, all, removals, container);
  let belief = 1;
  if (bound) belief = broken ? 1 : BELIEF_WITH_BOUND;
  else if (removals.length > 0) belief = BELIEF_WITH_REMOVAL;
  if (!NAMES_THE_CAUSE.has(best.site.role)) belief *= BELIEF_WITHOUT_CAUSE;
  if (best.doubt !== undefined) belief *= BELIEF_IN_CHANGED_FILE;
  return {
    sentences: [...sentences, ...(best.doubt === undefined ? [] : [best.doubt])],
    belief,
    bound: bound && !broken ? { line: lineOf(bound), ...bound.bound } : undefined,
  };
}

function removalSentences(
  { shape }: Suspect,
  best: WeighedSite,
  all: readonly WeighedSite[],
  removals: readonly WeighedSite[],
  container: string | undefined,
): string[] {
  const [removal] = removals;
  if (removal) return [`${lineOf(removal)} removes, but not what piles up.`];
  const files = filesOf(all, best);
  if (best.site.role === 'registration') {
    if (shape === 'listener') return [`Nothing in ${files} removes this listener.`];
    return shape === 'timer' ? [`Nothing in ${files} clears this timer.`] : [];
  }
  const fills = best.site.role === 'growth' || best.site.role === 'retention';
  if (!fills || !best.anchor || container === undefined) return [];
  switch (shape) {
    case 'map':
    case 'set':
    case 'array':
    case 'object':
    case 'listener':
      return [`Nothing in ${files} removes from ${quoted(container)}.`];
    case 'string':
    case 'buffer':
      return [`Nothing in ${files} shortens or resets ${quoted(container)}.`];
    default:
      return [];
  }
}

function boundSentence(bound: WeighedSite): string {
  const limit = bound.bound?.limit;
  const size = limit === undefined ? '' : ` at ${formatCount(limit)}`;
  return `It is bounded${size}: ${lineOf(bound)}. It may still be filling.`;
}

function brokenBound(bound: WeighedSite, kept: number): string {
  const limit = formatCount(bound.bound?.limit ?? 0);
  return `${lineOf(bound)} should bound it at ${limit}, but ${formatCount(kept)} were kept.`;
}

/** `sessions.delete(id);` at src/session.ts:12 */
function lineOf({ site }: WeighedSite): string {
  const text = site.text.length > MAX_CODE ? `${site.text.slice(0, MAX_CODE - 1)}…` : site.text;
  return `\`${text}\` at ${site.file}:${site.line}`;
}

/** The files that name the container. */
function filesOf(all: readonly WeighedSite[], best: WeighedSite): string {
  const same = all.filter(({ anchor }) => anchor === best.anchor);
  const files = [...new Set([best, ...same].map(({ site }) => site.file))];
  return files.slice(0, MAX_NAMED_FILES).join(' or ');
}

function quoted(name: string): string {
  return name.includes(' ') ? `the ${name}` : `\`${name}\``;
}
