import { BitSet } from './bitSet';
import { sharedUint32 } from './column';
import type { EphemeronNames } from './ephemeronNames';
import type { EdgeIndex, HeapGraph, NodeOrdinal } from './heapGraph';
import { ROOT, isUserRoot } from './userRoots';

/** Distance of a node that nothing reaches. */
export const UNREACHABLE = -1;

/**
 * Distances from here on count from V8's root: no user root reaches these nodes. DevTools uses the
 * same number.
 */
export const SYSTEM_DISTANCE = 100_000_000;

/**
 * Edges between each node and the nearest user root, whose own distance is 1 (DevTools'
 * HeapSnapshot.ts calculateDistances). What only V8's root reaches lies at SYSTEM_DISTANCE and
 * beyond; without user roots all distances count from the root at 0.
 */
export function computeDistances(
  graph: HeapGraph,
  ephemerons: EphemeronNames,
  scratch: Uint32Array = distanceScratch(graph),
): Int32Array {
  return new DistanceSearch(graph, ephemerons, scratch).run();
}

/** An array for `computeDistances` to work in, at least one entry for each node; shared. */
export function distanceScratch(graph: HeapGraph): Uint32Array {
  // The root may name a user root more than once.
  return sharedUint32(graph.nodeCount + graph.firstEdgeOf[ROOT + 1]);
}

/**
 * A breadth-first search in edge order: which edge of a WeakMap entry is met first depends on it.
 */
class DistanceSearch {
  private readonly distances: Int32Array;
  /** The nodes that have a distance: read for each edge, so it has to be small. */
  private readonly reached: BitSet;
  private queued = 0;
  /** WeakMap entries of which one edge was met. */
  private readonly halfMet = new Set<number>();
  private readonly weak: number;
  private readonly internal: number;
  private readonly descriptorsName: number;
  private readonly contextName: number;
  private readonly sloppyFunctionMapName: number;

  constructor(
    private readonly graph: HeapGraph,
    private readonly ephemerons: EphemeronNames,
    private readonly queue: Uint32Array,
  ) {
    const shared = new SharedArrayBuffer(graph.nodeCount * Int32Array.BYTES_PER_ELEMENT);
    this.distances = new Int32Array(shared);
    this.reached = new BitSet(graph.nodeCount);
    this.weak = graph.edgeTypes.indexOf('weak');
    this.internal = graph.edgeTypes.indexOf('internal');
    this.descriptorsName = graph.strings.indexOf('(map descriptors)');
    this.contextName = graph.strings.indexOf('system / NativeContext');
    this.sloppyFunctionMapName = graph.strings.indexOf('sloppy_function_map');
  }

  run(): Int32Array {
    const { graph, distances } = this;
    for (let edge = graph.firstEdgeOf[ROOT]; edge < graph.firstEdgeOf[ROOT + 1]; edge++) {
      const child = graph.edgeTargetOf[edge];
      if (isUserRoot(graph, child)) this.enqueue(child, 1);
    }
    const rootDistance = this.queued > 0 ? SYSTEM_DISTANCE : 0;
    this.search();
    this.enqueue(ROOT, rootDistance);
    this.search();
    for (let node = 0; node < graph.nodeCount; node++) {
      if (!this.reached.has(node)) distances[node] = UNREACHABLE;
    }
    return distances;
  }

  private enqueue(node: number, distance: number): void {
    this.distances[node] = distance;
    this.reached.add(node);
    this.queue[this.queued++] = node;
  }

  /** Visits all that the queued nodes reach, and leaves the queue empty. */
  private search(): void {
    const { distances, reached, queue, weak, internal } = this;
    const { firstEdgeOf, edgeTypeOf, edgeTargetOf, nodeNameOf } = this.graph;
    let queued = this.queued;
    for (let next = 0; next < queued; next++) {
      const node = queue[next];
      const name = nodeNameOf[node];
      const distance = distances[node] + 1;
      const isDescriptors = name === this.descriptorsName && this.isArray(node);
      const isContext = name === this.contextName && this.isHidden(node);
      const end = firstEdgeOf[node + 1];
      for (let edge = firstEdgeOf[node]; edge < end; edge++) {
        const target = edgeTargetOf[edge];
        if (reached.has(target)) continue;
        const type = edgeTypeOf[edge];
        if (type === weak) continue;
        if (isDescriptors) {
          if (this.isDescriptorLink(edge)) continue;
        } else if (isContext && this.isSloppyFunctionMap(edge)) continue;
        else if (type === internal && this.isFirstOfEntry(edge)) continue;
        distances[target] = distance;
        reached.add(target);
        queue[queued++] = target;
      }
    }
    this.queued = 0;
  }

  private isArray(node: NodeOrdinal): boolean {
    return this.graph.nodeType(node) === 'array';
  }

  private isHidden(node: NodeOrdinal): boolean {
    return this.graph.nodeType(node) === 'hidden';
  }

  /** Maps share descriptor arrays, so a link from one may be valid for another map only. */
  private isDescriptorLink(edge: EdgeIndex): boolean {
    const index = Number.parseInt(this.graph.edgeName(edge), 10);
    return index >= 2 && index % 3 === 1;
  }

  private isSloppyFunctionMap(edge: EdgeIndex): boolean {
    const { graph } = this;
    const name = graph.edgeNameOrIndexOf[edge];
    return name === this.sloppyFunctionMapName && !graph.edgeNameIsIndex(edge);
  }

  /**
   * A WeakMap's value is alive as long as both table and key are, so its distance is that of the
   * later one: the edge met first does not count.
   */
  private isFirstOfEntry(edge: EdgeIndex): boolean {
    const pair = this.ephemerons.pair(this.graph.edgeNameOrIndexOf[edge]);
    if (pair < 0 || this.halfMet.delete(pair)) return false;
    this.halfMet.add(pair);
    return true;
  }
}
