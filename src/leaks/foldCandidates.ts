import { formatCounted } from '../base/bytes';
import type { HeapGraph } from '../heap/heapGraph';
import type { Candidate } from './candidates';
import { isSameKind } from './linkedLists';
import type { NodeKinds } from './nodeKinds';
import type { PathTree } from './pathTree';

/** Owners deeper below another one than this are not looked for. */
const MAX_DEPTH = 200;

/**
 * Leaves out what is only a part of another candidate, and says so there: what goes on growing in
 * objects that should be gone, and the same functions in several fields of one object.
 * @param candidates Best first.
 */
export function foldCandidates(
  graph: HeapGraph,
  tree: PathTree,
  kinds: NodeKinds,
  candidates: readonly Candidate[],
): Candidate[] {
  const heads: { candidate: Candidate; inPile: number; alike: number }[] = [];
  for (const candidate of candidates) {
    const { owner, bytesPerRound } = candidate;
    const pile = heads.find(
      ({ candidate: head }) =>
        head.bytesPerRound >= bytesPerRound && isInPileOf(graph, tree, kinds, head, owner),
    );
    const twin = heads.find(({ candidate: head }) => isTwin(graph, head, candidate));
    if (pile) pile.inPile++;
    else if (twin) twin.alike++;
    else heads.push({ candidate, inPile: 0, alike: 0 });
  }
  return heads.map(({ candidate, inPile, alike }) => ({
    ...candidate,
    evidence: [
      ...candidate.evidence,
      ...(inPile > 0 ? ['What is kept goes on growing itself.'] : []),
      ...(alike > 0
        ? [
            `${formatCounted(alike, 'more field')} of the same object ${alike === 1 ? 'grows' : 'grow'} alike.`,
          ]
        : []),
    ],
  }));
}

/** True if `node` hangs on an object like those that pile up, in the same container. */
function isInPileOf(
  graph: HeapGraph,
  { parentNodeOf }: PathTree,
  kinds: NodeKinds,
  { owner, place, examples }: Candidate,
  node: number,
): boolean {
  if (place !== 'entry') return false;
  let entry = node;
  let at = node;
  for (let depth = 0; depth < MAX_DEPTH && at > 0; depth++) {
    if (!kinds.isStorage(at)) entry = at;
    at = parentNodeOf[at];
    if (at === owner) return isSameKind(graph, entry, examples[0]);
  }
  return false;
}

function isTwin(graph: HeapGraph, a: Candidate, b: Candidate): boolean {
  if (a.owner !== b.owner || a.place === 'entry' || b.place === 'entry') return false;
  const [at, bt] = [graph.location(a.examples[0]), graph.location(b.examples[0])];
  if (!at || !bt || a.countPerRound === 0) return false;
  return at.scriptId === bt.scriptId && at.line === bt.line && at.column === bt.column;
}
