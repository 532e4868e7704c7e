import { BitSet } from './bitSet';
import type { ClassTable } from './classTable';
import type { HeapSnapshot } from './heapSnapshot';
import { orderBySize } from './orderBySize';

/**
 * The nodes by the names of their classes; nodes without a shallow size are left out, as in the
 * class summary. Making it takes a pass over the nodes; those of a class are sorted when they are
 * first asked for.
 */
export class ClassInstances {
  private readonly numberOfName: ReadonlyMap<string, number>;
  /** NodeOrdinals, name by name; ascending, or the greatest retained size first if `sorted`. */
  private readonly nodes: Uint32Array;
  /** Where each name begins in `nodes`, and the end of the last one. */
  private readonly firstOf: Uint32Array;
  /** The names that were asked for. */
  private readonly sorted: BitSet;

  constructor(private readonly snapshot: HeapSnapshot) {
    const { selfSizes } = snapshot;
    const { classOf } = snapshot.classes;
    const { numberOfName, numberOf } = foldByName(snapshot.classes);
    const endOf = new Uint32Array(numberOfName.size + 1);
    for (let node = 0; node < classOf.length; node++) {
      if (selfSizes[node] !== 0) endOf[numberOf[classOf[node]]]++;
    }
    for (let number = 1; number < endOf.length; number++) endOf[number] += endOf[number - 1];
    this.nodes = new Uint32Array(endOf[endOf.length - 1]);
    // Filling each range from its end brings the end down to where the range begins.
    for (let node = classOf.length - 1; node >= 0; node--) {
      if (selfSizes[node] !== 0) this.nodes[--endOf[numberOf[classOf[node]]]] = node;
    }
    this.numberOfName = numberOfName;
    this.firstOf = endOf;
    this.sorted = new BitSet(numberOfName.size);
  }

  /** NodeOrdinals of the instances of all classes of this name, the greatest retained size first. */
  of(className: string): Uint32Array {
    const number = this.numberOfName.get(className);
    if (number === undefined) return new Uint32Array(0);
    const nodes = this.nodes.subarray(this.firstOf[number], this.firstOf[number + 1]);
    if (!this.sorted.has(number)) {
      nodes.set(orderBySize(nodes.slice(), this.snapshot.retainedSizes));
      this.sorted.add(number);
    }
    return nodes;
  }
}

/** Numbers for names, of which none occurs twice, and for the classes that have them. */
function foldByName({ names }: ClassTable) {
  const numberOfName = new Map<string, number>();
  const numberOf = Uint32Array.from(names, (name) => {
    const known = numberOfName.get(name) ?? numberOfName.size;
    numberOfName.set(name, known);
    return known;
  });
  return { numberOfName, numberOf };
}
