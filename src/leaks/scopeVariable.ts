import type { HeapGraph } from '../heap/heapGraph';

/**
 * Name of the variable by which a scope (`system / Context`) holds what `edge` leads to; undefined
 * for other edges. V8 names the variables of functions in its snapshots, but only numbers those of
 * blocks: their names are in the scope's ScopeInfo, in the same order.
 */
export function scopeVariable(graph: HeapGraph, holder: number, edge: number): string | undefined {
  const type = graph.edgeType(edge);
  if (type === 'context') return graph.edgeName(edge);
  if (type !== 'hidden' || graph.nodeName(holder) !== 'system / Context') return undefined;
  const scopeInfo = targetOf(graph, holder, 'internal', 'scope_info');
  const name = scopeInfo < 0 ? -1 : targetOf(graph, scopeInfo, 'hidden', graph.edgeName(edge));
  return name >= 0 && graph.nodeType(name) === 'string' ? graph.nodeName(name) : undefined;
}

function targetOf(graph: HeapGraph, node: number, type: string, name: string): number {
  for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
    if (graph.edgeType(edge) === type && graph.edgeName(edge) === name)
      return graph.edgeTargetOf[edge];
  }
  return -1;
}
