import assert from 'node:assert/strict';
import { computeDistances } from '../../../src/heap/distances';
import { computeDominators } from '../../../src/heap/dominators';
import { findEphemeronNames } from '../../../src/heap/ephemeronNames';
import { findEssentialEdges } from '../../../src/heap/essentialEdges';
import { HeapGraph } from '../../../src/heap/heapGraph';
import { LocationTable } from '../../../src/heap/locationTable';
import { findPageObjects } from '../../../src/heap/pageObjects';
import { buildRetainers } from '../../../src/heap/retainers';
import { computeShallowSizes } from '../../../src/heap/shallowSizes';
import { SpanningTree } from '../../../src/heap/spanningTree';
import { StringTable } from '../../../src/heap/stringTable';

/** Counts how often the entries of columns are looked at. */
class Counter {
  count = 0;

  watch<T extends Uint8Array | Uint32Array>(column: T): T {
    return new Proxy(column, {
      get: (target, key) => {
        this.count++;
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
      set: (target, key, value) => {
        this.count++;
        return Reflect.set(target, key, value);
      },
    });
  }
}

/** A graph whose root has a shortcut to node 1; the other nodes have property edges. */
function graphOf(targets: readonly (readonly number[])[], counter: Counter): HeapGraph {
  const edgeTargets = targets.flat();
  const firstEdgeOf = new Uint32Array(targets.length + 1);
  targets.forEach((list, node) => (firstEdgeOf[node + 1] = firstEdgeOf[node] + list.length));
  return new HeapGraph({
    nodeTypes: ['object', 'hidden', 'array', 'synthetic'],
    edgeTypes: ['shortcut', 'property', 'weak', 'internal'],
    strings: new StringTable({ bytes: new Uint8Array(0), firstByteOf: new Uint32Array(2) }),
    locations: LocationTable.EMPTY,
    extraNativeBytes: 0,
    nodeTypeOf: new Uint8Array(targets.length),
    nodeNameOf: new Uint32Array(targets.length),
    nodeIdOf: new Uint32Array(targets.length),
    selfSizeOf: new Uint32Array(targets.length).fill(1),
    detachednessOf: new Uint8Array(targets.length),
    firstEdgeOf,
    edgeTypeOf: new Uint8Array(edgeTargets.length).fill(1, targets[0].length),
    edgeNameOrIndexOf: new Uint32Array(edgeTargets.length),
    edgeTargetOf: counter.watch(Uint32Array.from(edgeTargets)),
  });
}

/** Looks that all passes take at edges and at the dominators' forest, for each edge and node. */
function looksPerRecord(targets: readonly (readonly number[])[]): number {
  const counter = new Counter();
  const graph = graphOf(targets, counter);
  const ephemerons = findEphemeronNames(graph.strings);
  const essential = findEssentialEdges(graph, findPageObjects(graph), ephemerons);
  const tree = new SpanningTree(graph, essential);
  Object.assign(tree, { entries: counter.watch(tree.entries) });
  computeDominators(tree, buildRetainers(graph, essential));
  computeDistances(graph, ephemerons);
  computeShallowSizes(graph, graph.detachednessOf);
  return counter.count / (graph.nodeCount + graph.edgeCount);
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const SHAPES: Record<string, (size: number) => number[][]> = {
  'a chain': (size) => range(0, size).map((node) => (node < size - 1 ? [node + 1] : [])),
  'a doubly linked list': (size) =>
    range(0, size).map((node) => [node + 1, node - 1].filter((to) => to > 0 && to < size)),
  'a ring of two-way links': (size) => [
    [1],
    ...range(1, size).map((node) => [(node % (size - 1)) + 1, node > 1 ? node - 1 : size - 1]),
  ],
  'a star whose points lead back': (size) => [
    [1],
    range(2, size),
    ...range(2, size).map(() => [1]),
  ],
  'a list whose last link holds as many objects as its first': (size) => {
    const held = range(size, 2 * size);
    const links = range(2, size).map((node) => (node < size - 1 ? [node + 1] : held));
    return [[1], [2, ...held], ...links, ...held.map(() => [])];
  },
};

describe('the passes', () => {
  for (const [shape, draw] of Object.entries(SHAPES)) {
    it(`do no more for each object of ${shape} if it is four times as large`, () => {
      const small = looksPerRecord(draw(2000));
      const large = looksPerRecord(draw(8000));
      assert.ok(small < 40, `${small} looks`);
      assert.ok(large < small * 1.3, `${small}, then ${large} looks`);
    });
  }

  it('do no more for each edge of a larger clique', () => {
    const clique = (size: number) => [[1], ...range(1, size).map(() => range(1, size))];
    const small = looksPerRecord(clique(100));
    assert.ok(looksPerRecord(clique(300)) < small * 1.3);
  });
});
