import { BitSet } from '../heap/bitSet';
import type { HeapGraph, NodeOrdinal } from '../heap/heapGraph';
import type { SizedHeap } from '../heap/sizedHeap';
import type { NodeKinds } from './nodeKinds';

const NONE = 0xffffffff;
/** Edges from several nodes lead there. */
const SEVERAL = 0xfffffffe;

/**
 * Bytes that objects hold without holding objects. It takes no dominators, which are most of the
 * work of loading a snapshot: what belongs to a string or to binary data is what nothing else
 * refers to.
 */
export class FlatSizes {
  private readonly graph: HeapGraph;
  /** What strings and binary data refer to: halves of a string, the memory behind a Buffer. */
  private readonly parts: BitSet;
  /** Of parts, the edge that leads to them, if all that do come from one node. */
  private readonly holdingEdgeOf: Uint32Array;

  constructor(
    private readonly heap: SizedHeap,
    private readonly kinds: NodeKinds,
  ) {
    this.graph = heap.graph;
    this.parts = this.findParts();
    this.holdingEdgeOf = this.findHoldingEdges();
  }

  /**
   * An object's own storage (DevTools' rule has charged the elements of an array and the table of a
   * Map to it), and the strings and binary data in its fields or variables.
   */
  ofObject(node: NodeOrdinal): number {
    const { firstEdgeOf, edgeTargetOf } = this.graph;
    let bytes = this.heap.selfSizes[node];
    for (let edge = firstEdgeOf[node]; edge < firstEdgeOf[node + 1]; edge++) {
      if (this.isFlatMember(edge)) bytes += this.ofFlat(edgeTargetOf[edge]);
    }
    return bytes;
  }

  /** The largest string or binary data that an object holds; the object itself if it has none. */
  largestIn(node: NodeOrdinal): NodeOrdinal {
    const { firstEdgeOf, edgeTargetOf } = this.graph;
    let largest = node;
    let most = 0;
    for (let edge = firstEdgeOf[node]; edge < firstEdgeOf[node + 1]; edge++) {
      if (!this.isFlatMember(edge)) continue;
      const bytes = this.ofFlat(edgeTargetOf[edge]);
      if (bytes > most) [largest, most] = [edgeTargetOf[edge], bytes];
    }
    return largest;
  }

  private isFlatMember(edge: number): boolean {
    return this.kinds.isMember(edge) && this.kinds.isFlat(this.graph.edgeTargetOf[edge]);
  }

  /** A string or binary data with the parts that are its alone, and theirs. */
  private ofFlat(flat: NodeOrdinal): number {
    const { firstEdgeOf, edgeTargetOf } = this.graph;
    let bytes = 0;
    const pending = [flat];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      bytes += this.heap.selfSizes[node];
      for (let edge = firstEdgeOf[node]; edge < firstEdgeOf[node + 1]; edge++) {
        const target = edgeTargetOf[edge];
        // No two edges are the one that holds a part, so that nothing is counted twice.
        if (this.holdingEdgeOf[target] === edge) pending.push(target);
      }
    }
    return bytes;
  }

  private findParts(): BitSet {
    const { nodeCount, firstEdgeOf, edgeTargetOf } = this.graph;
    const parts = new BitSet(nodeCount);
    for (let node = 0; node < nodeCount; node++) {
      if (!this.kinds.isFlat(node)) continue;
      for (let edge = firstEdgeOf[node]; edge < firstEdgeOf[node + 1]; edge++) {
        parts.add(edgeTargetOf[edge]);
      }
    }
    return parts;
  }

  private findHoldingEdges(): Uint32Array {
    const { nodeCount, firstEdgeOf, edgeTargetOf, edgeTypeOf, nodeTypeOf } = this.graph;
    const weak = this.graph.edgeTypes.indexOf('weak');
    const synthetic = this.graph.nodeTypes.indexOf('synthetic');
    const holdingEdgeOf = new Uint32Array(nodeCount).fill(NONE);
    for (let node = 0; node < nodeCount; node++) {
      // V8's roots hold for a moment what the program is at work with.
      if (nodeTypeOf[node] === synthetic) continue;
      const first = firstEdgeOf[node];
      for (let edge = first; edge < firstEdgeOf[node + 1]; edge++) {
        const target = edgeTargetOf[edge];
        if (!this.parts.has(target) || edgeTypeOf[edge] === weak) continue;
        const known = holdingEdgeOf[target];
        if (known === NONE) holdingEdgeOf[target] = edge;
        else if (known < first) holdingEdgeOf[target] = SEVERAL;
      }
    }
    return holdingEdgeOf;
  }
}
