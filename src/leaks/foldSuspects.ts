import { formatCounted } from '../base/bytes';
import type { Anchor, Suspect } from './leakAnalysis';

/** Anchors that name what holds the leaked objects; the others say who made them. */
const HOLDERS: ReadonlySet<Anchor['kind']> = new Set([
  'variable',
  'field',
  'property',
  'export',
  'global',
]);
/** Growth that differs by no more than this part is taken for the same work. */
const SAME_GROWTH = 0.1;

/**
 * Leaves out what would send a person to the same place again, and says so in the first: suspects
 * with the same anchors, and those that nobody can name but that grow as one that can be named.
 * @param suspects Best first.
 */
export function foldSuspects(suspects: readonly Suspect[]): Suspect[] {
  const heads: { suspect: Suspect; alike: number; along: number }[] = [];
  for (const suspect of suspects) {
    const twin = heads.find((head) => leadsToSame(head.suspect, suspect));
    const cause = heads.find((head) => explains(head.suspect, suspect));
    if (twin) twin.alike++;
    else if (cause) cause.along++;
    else heads.push({ suspect, alike: 0, along: 0 });
  }
  return heads.map(({ suspect, alike, along }) => ({
    ...suspect,
    evidence: [
      ...suspect.evidence,
      ...sentence(alike, 'more container', 'of this kind'),
      ...sentence(along, 'container', 'inside of Node.js or V8'),
    ],
  }));
}

/** What is held twice may be found by either holder: the order of the anchors tells them apart alone. */
function leadsToSame(a: Suspect, b: Suspect): boolean {
  const key = ({ anchors, className, shape }: Suspect) =>
    JSON.stringify([anchors.map((anchor) => JSON.stringify(anchor)).sort(), className, shape]);
  return a.anchors.length > 0 && key(a) === key(b);
}

function explains(cause: Suspect, suspect: Suspect): boolean {
  if (suspect.anchors.some(({ kind }) => HOLDERS.has(kind))) return false;
  const difference = Math.abs(cause.countPerRound - suspect.countPerRound);
  return difference <= cause.countPerRound * SAME_GROWTH;
}

function sentence(count: number, noun: string, where: string): string[] {
  if (count === 0) return [];
  return [`${formatCounted(count, noun)} ${where} ${count === 1 ? 'grows' : 'grow'} alike.`];
}
