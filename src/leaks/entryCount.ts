import type { HeapGraph } from '../heap/heapGraph';
import type { NodeKinds } from './nodeKinds';

/** V8's storage of what is put into arrays, Maps, Sets and objects with many keys. */
const STORAGE_EDGES = ['elements', 'table', 'properties'];

/** Counts what is in containers. Asked of every object, it compares numbers, not names. */
export class EntryCounter {
  private readonly internal: number;
  /** String indexes of the names in STORAGE_EDGES. */
  private readonly elements: number;
  private readonly table: number;
  private readonly properties: number;

  constructor(
    private readonly graph: HeapGraph,
    private readonly kinds: NodeKinds,
  ) {
    this.internal = graph.edgeTypes.indexOf('internal');
    [this.elements, this.table, this.properties] = STORAGE_EDGES.map((name) =>
      graph.strings.indexOf(name),
    );
  }

  /**
   * How many references an object has, in its own fields and in its storage, to what a developer may
   * have put there. A Map with strings as keys has two an entry, one with numbers one.
   * @returns 0 where it is less than `least`: most objects are small, and that is soon seen.
   */
  count(node: number, least: number): number {
    if (this.mostOf(node) < least) return 0;
    const { edgeNameOrIndexOf, edgeTargetOf, edgeTypeOf, firstEdgeOf } = this.graph;
    let count = 0;
    for (let edge = firstEdgeOf[node]; edge < firstEdgeOf[node + 1]; edge++) {
      const target = edgeTargetOf[edge];
      if (!this.kinds.isStorage(target)) count++;
      else if (edgeTypeOf[edge] === this.internal && this.isStorageName(edgeNameOrIndexOf[edge]))
        count += this.countIn(target);
    }
    return count < least ? 0 : count;
  }

  /** No fewer than `count` finds, without a look at what the edges lead to. */
  private mostOf(node: number): number {
    const { edgeNameOrIndexOf, edgeTargetOf, edgeTypeOf, firstEdgeOf } = this.graph;
    const end = firstEdgeOf[node + 1];
    let most = end - firstEdgeOf[node];
    for (let edge = firstEdgeOf[node]; edge < end; edge++) {
      if (edgeTypeOf[edge] !== this.internal || !this.isStorageName(edgeNameOrIndexOf[edge]))
        continue;
      const storage = edgeTargetOf[edge];
      most += firstEdgeOf[storage + 1] - firstEdgeOf[storage];
    }
    return most;
  }

  private isStorageName(name: number): boolean {
    return name === this.elements || name === this.table || name === this.properties;
  }

  private countIn(storage: number): number {
    const { edgeTargetOf, firstEdgeOf } = this.graph;
    let count = 0;
    for (let edge = firstEdgeOf[storage]; edge < firstEdgeOf[storage + 1]; edge++) {
      if (!this.kinds.isStorage(edgeTargetOf[edge])) count++;
    }
    return count;
  }
}
