import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { NodeKinds } from './nodeKinds';

const MAX_OBJECTS = 600;
const MAX_DEPTH = 12;
/** What is held from so many places is shared: the scope of a module, a prototype, `undefined`. */
const MAX_HOLDERS = 32;

/** A function that many share may still be what each waits for, if it is as near as this. */
const NEAR = 3;

/** Links to what describes or makes an object: nothing below them belongs to it alone. */
const DESCRIPTION = /^(__proto__|constructor|map|shared|code|feedback_cell|prototype)$/;

/**
 * What `node` keeps, breadth first: itself, what it holds, what that holds, up to a limit. Plain
 * values and what many others hold as well are left out; a shared function nearby is listed, but
 * what it keeps is not.
 * @param above Objects that are left out: a link back to what holds `node` leads to all of its kind.
 */
export function* levelsBelow(
  { graph, retainers }: HeapSnapshot,
  kinds: NodeKinds,
  node: number,
  above: Iterable<number>,
): Generator<readonly number[]> {
  const { firstEdgeOf, edgeTargetOf } = graph;
  const { firstRetainerOf } = retainers;
  const seen = new Set([...above, node]);
  const enough = seen.size + MAX_OBJECTS;
  const isShared = (target: number) =>
    firstRetainerOf[target + 1] - firstRetainerOf[target] > MAX_HOLDERS;
  const isOwn = (edge: number, target: number) =>
    !kinds.isValue(target) &&
    graph.edgeType(edge) !== 'weak' &&
    !DESCRIPTION.test(graph.edgeName(edge));
  let level = [node];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    yield level;
    const next: number[] = [];
    for (const holder of level) {
      if (holder !== node && isShared(holder)) continue;
      for (let edge = firstEdgeOf[holder]; edge < firstEdgeOf[holder + 1]; edge++) {
        const target = edgeTargetOf[edge];
        if (seen.size > enough || seen.has(target) || !isOwn(edge, target)) continue;
        if (isShared(target) && !(depth < NEAR && kinds.isCallable(target))) continue;
        seen.add(target);
        next.push(target);
      }
    }
    level = next;
  }
}
