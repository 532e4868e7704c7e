import type { HeapGraph } from '../heap/heapGraph';
import { isSameKind } from './linkedLists';
import type { PathTree } from './pathTree';

/**
 * The examples of a linked list, one that is an element for certain first. What holds the list may
 * be renewed with each element and count as one, but it has no link to another of its kind.
 */
export function elementsFirst(
  graph: HeapGraph,
  { parentNodeOf, parentEdgeOf }: PathTree,
  examples: readonly number[],
): readonly number[] {
  const element = examples.find((node) => {
    const holder = parentNodeOf[node];
    const isLinked = holder >= 0 && isSameKind(graph, holder, node);
    return isLinked && isField(graph, parentEdgeOf[node]);
  });
  if (element === undefined) return examples;
  const link = graph.edgeName(parentEdgeOf[element]);
  if (graph.findEdge(examples[0], link, 'property') >= 0) return examples;
  return [element, ...examples.filter((node) => node !== element)];
}

/** Symbols without a description are those by which Node.js links what is asynchronous. */
function isField(graph: HeapGraph, edge: number): boolean {
  return graph.edgeType(edge) === 'property' && graph.edgeName(edge) !== '<symbol>';
}
