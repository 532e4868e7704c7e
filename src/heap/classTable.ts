import { isClassedByName } from './className';
import type { HeapSnapshot } from './heapSnapshot';

/** Number of a class, in the order in which classes are met in the file. */
type ClassNumber = number;

/** The class of each node as a small number. */
export interface ClassTable {
  /** By ClassNumber; no name occurs twice. */
  readonly names: readonly string[];
  /** ClassNumber by NodeOrdinal. */
  readonly classOf: Uint32Array;
}

/** Numbers the classes of HeapSnapshot.className; looks at the text of each node name once. */
export function buildClassTable(snapshot: HeapSnapshot): ClassTable {
  const { graph } = snapshot;
  const { nodeCount, nodeTypeOf, nodeNameOf } = graph;
  const names: string[] = [];
  const numberOfName = new Map<string, ClassNumber>();
  const numberOf = (node: number): ClassNumber => {
    const name = snapshot.className(node);
    let number = numberOfName.get(name);
    if (number === undefined) {
      number = names.push(name) - 1;
      numberOfName.set(name, number);
    }
    return number;
  };

  // Nodes of the same type and name are of the same class, and of most types all nodes are.
  const memo = graph.nodeTypes.map((type) =>
    new Int32Array(isClassedByName(type) ? graph.strings.length : 1).fill(-1),
  );
  const nameMask = graph.nodeTypes.map((type) => (isClassedByName(type) ? -1 : 0));
  const classOf = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const type = nodeTypeOf[node];
    const numbers = memo[type];
    const at = nodeNameOf[node] & nameMask[type];
    let number = numbers[at];
    if (number < 0) number = numbers[at] = numberOf(node);
    classOf[node] = number;
  }
  return { names, classOf };
}
