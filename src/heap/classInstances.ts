import { buildClassTable, type ClassTable } from './classTable';
import type { HeapSnapshot } from './heapSnapshot';
import { orderBySize } from './orderBySize';

/**
 * The nodes by the names of their classes; nodes without a shallow size are left out, as in the
 * class summary. Making it sorts all nodes once, so that any page of any class is there at once.
 */
export class ClassInstances {
  private readonly numberOfName: ReadonlyMap<string, number>;
  /** NodeOrdinals, name by name, the greatest retained size first. */
  private readonly nodes: Uint32Array;
  /** Where each name begins in `nodes`, and the end of the last one. */
  private readonly firstOf: Uint32Array;

  constructor(snapshot: HeapSnapshot) {
    const { names, classOf } = foldByName(buildClassTable(snapshot));
    this.numberOfName = new Map(names.map((name, number) => [name, number]));
    const sorted = orderBySize(nodesWithSize(snapshot), snapshot.retainedSizes);
    const endOf = new Uint32Array(names.length + 1);
    for (const node of sorted) endOf[classOf[node]]++;
    for (let number = 1; number <= names.length; number++) endOf[number] += endOf[number - 1];
    this.nodes = new Uint32Array(sorted.length);
    // Filling each range from its end brings the end down to where the range begins.
    for (let i = sorted.length - 1; i >= 0; i--)
      this.nodes[--endOf[classOf[sorted[i]]]] = sorted[i];
    this.firstOf = endOf;
  }

  /** NodeOrdinals of the instances of all classes of this name, the greatest retained size first. */
  of(className: string): Uint32Array {
    const number = this.numberOfName.get(className);
    if (number === undefined) return new Uint32Array(0);
    return this.nodes.subarray(this.firstOf[number], this.firstOf[number + 1]);
  }
}

/** A table in which no name occurs twice. */
function foldByName({ names, classOf }: ClassTable): ClassTable {
  const numberOfName = new Map<string, number>();
  const numberOf = Uint32Array.from(names, (name) => {
    const known = numberOfName.get(name) ?? numberOfName.size;
    numberOfName.set(name, known);
    return known;
  });
  return { names: [...numberOfName.keys()], classOf: classOf.map((number) => numberOf[number]) };
}

function nodesWithSize({ selfSizes }: HeapSnapshot): Uint32Array {
  const nodes = new Uint32Array(selfSizes.length);
  let found = 0;
  for (let node = 0; node < selfSizes.length; node++) {
    if (selfSizes[node] !== 0) nodes[found++] = node;
  }
  return nodes.subarray(0, found);
}
