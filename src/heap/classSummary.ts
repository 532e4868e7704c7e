import type { ClassTable } from './classTable';
import { DominatedNodes } from './dominatedNodes';
import type { HeapSnapshot } from './heapSnapshot';
import { ROOT } from './userRoots';

/** All instances of one class taken together. */
export interface ClassSummary {
  /**
   * That of HeapSnapshot.className, or `{id, name}` for plain objects with these properties. Classes
   * that were defined at different places may have the same name.
   */
  readonly name: string;
  /** Nodes with a shallow size; what gave its size to its owner is part of the owner. */
  readonly count: number;
  /** Bytes of the instances themselves. */
  readonly shallowBytes: number;
  /** Bytes that would be freed with all instances; none is counted twice. */
  readonly retainedBytes: number;
}

/** The numbers of each class, by ClassNumber. */
interface ClassColumns {
  readonly counts: Float64Array;
  readonly shallowBytes: Float64Array;
  readonly retainedBytes: Float64Array;
}

/**
 * The class table of DevTools' summary view (HeapSnapshot.ts buildAggregates and
 * calculateClassesRetainedSize): nodes whose shallow size is 0 are left out, and of instances that
 * one dominates the other only the outer one's retained size counts. Ordered by retained, then
 * shallow size, the greatest first, then by name.
 */
export function summarizeClasses(snapshot: HeapSnapshot): ClassSummary[] {
  const table = snapshot.classes;
  const columns: ClassColumns = {
    counts: new Float64Array(table.names.length),
    shallowBytes: new Float64Array(table.names.length),
    retainedBytes: new Float64Array(table.names.length),
  };
  addShallowSizes(snapshot, table, columns);
  addRetainedSizes(snapshot, table, columns);
  return table.names
    .map((name, number) => ({
      name,
      count: columns.counts[number],
      shallowBytes: columns.shallowBytes[number],
      retainedBytes: columns.retainedBytes[number],
    }))
    .filter(({ count }) => count > 0)
    .sort(byRetainedSize);
}

function addShallowSizes(snapshot: HeapSnapshot, table: ClassTable, columns: ClassColumns): void {
  const { selfSizes } = snapshot;
  const { classOf } = table;
  const { counts, shallowBytes } = columns;
  for (let node = 0; node < classOf.length; node++) {
    const bytes = selfSizes[node];
    if (bytes === 0) continue;
    counts[classOf[node]]++;
    shallowBytes[classOf[node]] += bytes;
  }
}

/**
 * Walks the dominator tree depth first, and remembers for each class which node on the way down was
 * its first. The tree may be as deep as the heap has nodes, so the way back up is read from the
 * tree itself, not from a stack.
 */
function addRetainedSizes(snapshot: HeapSnapshot, table: ClassTable, columns: ClassColumns): void {
  const { selfSizes, retainedSizes, dominatorOf } = snapshot;
  const { classOf } = table;
  const { retainedBytes } = columns;
  const { firstOf, nextOf } = new DominatedNodes(dominatorOf);
  const NONE = 0xffffffff;
  const outermostOf = new Uint32Array(table.names.length).fill(NONE);

  let node = ROOT;
  for (;;) {
    const own = classOf[node];
    const first = firstOf[node];
    if (outermostOf[own] === NONE && selfSizes[node] !== 0) {
      retainedBytes[own] += retainedSizes[node];
      if (first !== ROOT) outermostOf[own] = node;
    }
    if (first !== ROOT) {
      node = first;
      continue;
    }
    while (nextOf[node] === ROOT) {
      node = dominatorOf[node];
      if (outermostOf[classOf[node]] === node) outermostOf[classOf[node]] = NONE;
      if (node === ROOT) return;
    }
    node = nextOf[node];
  }
}

function byRetainedSize(a: ClassSummary, b: ClassSummary): number {
  return (
    b.retainedBytes - a.retainedBytes ||
    b.shallowBytes - a.shallowBytes ||
    (a.name < b.name ? -1 : Number(a.name > b.name))
  );
}
