import type { HeapGraph } from '../heap/heapGraph';

const MAX_OBJECTS = 600;
const MAX_DEPTH = 12;

/** Links to what describes or makes an object: nothing below them belongs to it alone. */
const DESCRIPTION = /^(__proto__|constructor|map|shared|code|feedback_cell|prototype)$/;

/** What `node` keeps, breadth first: itself, what it holds, what that holds, up to a limit. */
export function* levelsBelow(graph: HeapGraph, node: number): Generator<readonly number[]> {
  const seen = new Set([node]);
  let level = [node];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    yield level;
    const next: number[] = [];
    for (const holder of level) {
      for (let edge = graph.firstEdgeOf[holder]; edge < graph.firstEdgeOf[holder + 1]; edge++) {
        const target = graph.edgeTargetOf[edge];
        if (seen.size > MAX_OBJECTS || seen.has(target) || !isFollowed(graph, edge)) continue;
        seen.add(target);
        next.push(target);
      }
    }
    level = next;
  }
}

function isFollowed(graph: HeapGraph, edge: number): boolean {
  return graph.edgeType(edge) !== 'weak' && !DESCRIPTION.test(graph.edgeName(edge));
}
