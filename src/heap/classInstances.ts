import { buildClassTable, type ClassTable } from './classTable';
import type { HeapSnapshot } from './heapSnapshot';

/**
 * The nodes by the names of their classes; nodes without a shallow size are left out, as in the
 * class summary.
 */
export class ClassInstances {
  private readonly numberOfName: ReadonlyMap<string, number>;
  /** NodeOrdinals, name by name. */
  private readonly nodes: Uint32Array;
  /** Where each name begins in `nodes`, and the end of the last one. */
  private readonly firstOf: Uint32Array;

  constructor(snapshot: HeapSnapshot) {
    const { selfSizes } = snapshot;
    const { names, classOf } = foldByName(buildClassTable(snapshot));
    this.numberOfName = new Map(names.map((name, number) => [name, number]));
    const endOf = new Uint32Array(names.length + 1);
    for (let node = 0; node < classOf.length; node++) {
      if (selfSizes[node] !== 0) endOf[classOf[node]]++;
    }
    for (let number = 1; number <= names.length; number++) endOf[number] += endOf[number - 1];
    this.nodes = new Uint32Array(endOf[names.length]);
    // Filling each range from its end brings the end down to where the range begins.
    for (let node = classOf.length - 1; node >= 0; node--) {
      if (selfSizes[node] !== 0) this.nodes[--endOf[classOf[node]]] = node;
    }
    this.firstOf = endOf;
  }

  /** NodeOrdinals of the instances of all classes of this name; the caller may bring them into another order. */
  of(className: string): Uint32Array {
    const number = this.numberOfName.get(className);
    if (number === undefined) return new Uint32Array(0);
    return this.nodes.subarray(this.firstOf[number], this.firstOf[number + 1]);
  }
}

/** A table in which no name occurs twice. */
function foldByName({ names, classOf }: ClassTable): ClassTable {
  const numberOfName = new Map<string, number>();
  const numberOf = names.map((name) => {
    if (!numberOfName.has(name)) numberOfName.set(name, numberOfName.size);
    return numberOfName.get(name)!;
  });
  return { names: [...numberOfName.keys()], classOf: classOf.map((number) => numberOf[number]) };
}
