import assert from 'node:assert/strict';
import { BitSet } from '../../../src/heap/bitSet';
import { computeDominators } from '../../../src/heap/dominators';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { buildRetainers } from '../../../src/heap/retainers';
import { SpanningTree } from '../../../src/heap/spanningTree';
import { drawHeap } from '../../support/graphText';

/** By label: immediate dominator and retained size. */
function dominated(drawing: string): Record<string, [string, number]> {
  const heap = drawHeap(drawing);
  const { dominatorOf, retainedSizes } = analyzeGraph(heap.graph);
  const names = heap.labels(dominatorOf.keys());
  const dominators = heap.labels(dominatorOf);
  return Object.fromEntries(
    names.map((name, node) => [name, [dominators[node], retainedSizes[node]]]),
  );
}

describe('dominators and retained sizes', () => {
  it('of a chain', () => {
    const result = dominated(`
root
  global:shortcut -> a
a 1
  b -> b
b 10
  c -> c
c 100
`);
    assert.deepEqual(result, {
      ...{ root: ['root', 111], a: ['root', 111], b: ['a', 110], c: ['b', 100] },
    });
  });

  it('of a diamond', () => {
    const result = dominated(`
root
  global:shortcut -> top
top 1
  left -> left
  right -> right
left 10
  bottom -> bottom
right 100
  bottom -> bottom
bottom 1000
  below -> below
below 10000
`);
    assert.deepEqual(result, {
      root: ['root', 11111],
      top: ['root', 11111],
      left: ['top', 10],
      right: ['top', 100],
      bottom: ['top', 11000],
      below: ['bottom', 10000],
    });
  });

  it('of a cycle that is entered at one place', () => {
    const result = dominated(`
root
  global:shortcut -> a
a 1
  b -> b
b 10
  c -> c
c 100
  a -> a
  b -> b
`);
    assert.deepEqual(result, {
      ...{ root: ['root', 111], a: ['root', 111], b: ['a', 110], c: ['b', 100] },
    });
  });

  it('of a child that two roots share', () => {
    const result = dominated(`
root
  one:shortcut -> one
  two:shortcut -> two
one 1
  child -> child
two 10
  child -> child
  own -> own
child 100
own 1000
`);
    assert.deepEqual(result, {
      root: ['root', 1111],
      one: ['root', 1],
      two: ['root', 1010],
      child: ['root', 100],
      own: ['two', 1000],
    });
  });

  it('of an irreducible graph: a cycle that is entered at two places', () => {
    const result = dominated(`
root
  global:shortcut -> r
r 1
  a -> a
  b -> b
a 10
  x -> x
b 100
  y -> y
x 1000
  y -> y
y 10000
  x -> x
`);
    assert.deepEqual(result, {
      root: ['root', 11111],
      r: ['root', 11111],
      a: ['r', 10],
      b: ['r', 100],
      x: ['r', 1000],
      y: ['r', 10000],
    });
  });

  it("of the example in Lengauer and Tarjan's paper", () => {
    // Figure 1 of the paper; its figure 2 is the dominator tree.
    const edges: Record<string, string> = {
      ...{ R: 'ABC', A: 'D', B: 'ADE', C: 'FG', D: 'L', E: 'H', F: 'I' },
      ...{ G: 'IJ', H: 'EK', I: 'K', J: 'I', K: 'IR', L: 'H' },
    };
    const nodes = Object.entries(edges).map(
      ([node, targets]) => `${node} 1\n${[...targets].map((t) => `  e -> ${t}\n`).join('')}`,
    );
    const result = dominated(`root\n  global:shortcut -> R\n${nodes.join('')}`);
    const dominators = Object.fromEntries(
      Object.entries(result).map(([label, [dominator]]) => [label, dominator]),
    );
    assert.deepEqual(dominators, {
      ...{ root: 'root', R: 'root', A: 'R', B: 'R', C: 'R', D: 'R', E: 'R', F: 'C', G: 'C' },
      ...{ H: 'R', I: 'R', J: 'G', K: 'R', L: 'D' },
    });
    assert.equal(result.R[1], 13);
    assert.equal(result.C[1], 4);
  });

  it('take no notice of a weak edge', () => {
    const result = dominated(`
root
  global:shortcut -> a
  cache:shortcut -> cache
a 1
  value -> value
cache 10
  value:weak -> value
value 100
`);
    assert.deepEqual(result, {
      ...{ root: ['root', 111], a: ['root', 101], cache: ['root', 10], value: ['a', 100] },
    });
  });

  it('charge the value of a WeakMap to the key', () => {
    const name = (index: number) =>
      `"${index} / part of key (K @7) -> value (V @9) pair in WeakMap (table @5)":internal`;
    const result = dominated(`
root
  map:shortcut -> map
  key:shortcut -> key
map 1 @3
  table:internal -> table
table :array 10 @5
  ${name(1)} -> value
key 100 @7
  ${name(0)} -> value
value 1000 @9
`);
    assert.deepEqual(result, {
      root: ['root', 1111],
      map: ['root', 11],
      table: ['map', 0],
      key: ['root', 1100],
      value: ['key', 1000],
    });
  });

  it('hang under the root what only weak edges hold, with all that it keeps', () => {
    const result = dominated(`
root
  [1] -> a
a 1
  orphan:weak -> orphan
  shared -> shared
orphan 10
  kept -> kept
  shared -> shared
kept 100
shared 1000
`);
    assert.deepEqual(result, {
      root: ['root', 1111],
      a: ['root', 1],
      orphan: ['root', 110],
      kept: ['orphan', 100],
      shared: ['root', 1000],
    });
  });

  it('hang each node of an unreachable clique under the root, and do not follow its edges', () => {
    const result = dominated(`
root
  global:shortcut -> a
a 1
  child -> child
x 10
  y -> y
  child -> child
y 100
  x -> x
  z -> z
z 1000
child 10000
`);
    assert.deepEqual(result, {
      root: ['root', 11111],
      a: ['root', 10001],
      x: ['root', 10],
      y: ['root', 100],
      z: ['root', 1000],
      child: ['a', 10000],
    });
  });
});

describe('dominators of large graphs', () => {
  it('manage a chain of 200,000 nodes with links back', () => {
    const length = 200_000;
    const links = Array.from({ length }, (_, i) => {
      const back = i > 0 ? `  previous -> n${i - 1}\n` : '';
      return `n${i} 1\n  next -> n${(i + 1) % length}\n${back}`;
    });
    const { graph, node } = drawHeap(`root\n  global:shortcut -> n0\n${links.join('')}`);
    const { dominatorOf, retainedSizes, distances } = analyzeGraph(graph);
    assert.equal(retainedSizes[node('n0')], length);
    assert.equal(dominatorOf[node('n100000')], node('n99999'));
    assert.equal(retainedSizes[node('n199999')], 1);
    assert.equal(distances[node('n100000')], distances[node('n0')] + 100_000);
  });

  it('equal those found by taking nodes away, on random graphs', () => {
    const random = seededRandom(20261123);
    for (let round = 0; round < 200; round++) {
      const targets = randomTargets(random, 2 + Math.floor(random() * 14));
      const { graph } = drawHeap(drawingOf(targets));
      const essential = new BitSet(graph.edgeCount);
      for (let edge = 0; edge < graph.edgeCount; edge++) essential.add(edge);
      const { dominatorOf, order } = computeDominators(
        new SpanningTree(graph, essential),
        buildRetainers(graph, essential),
      );
      assert.deepEqual([...dominatorOf], dominatorsByRemoval(targets), drawingOf(targets));
      const place = new Map([...order].map((node, at) => [node, at]));
      assert.equal(place.size, graph.nodeCount);
      dominatorOf.forEach((dominator, node) =>
        assert.ok(node === 0 || place.get(dominator)! < place.get(node)!),
      );
    }
  });
});

function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x80000000;
  };
}

/** By node: the targets of its edges. Every node is reached: each has a retainer before it. */
function randomTargets(random: () => number, nodeCount: number): number[][] {
  const targets = Array.from({ length: nodeCount }, () => [] as number[]);
  for (let node = 1; node < nodeCount; node++) targets[Math.floor(random() * node)].push(node);
  for (let extra = Math.floor(random() * 2 * nodeCount); extra > 0; extra--) {
    targets[Math.floor(random() * nodeCount)].push(Math.floor(random() * nodeCount));
  }
  return targets;
}

function drawingOf(targets: readonly (readonly number[])[]): string {
  return targets
    .map((list, node) => `n${node}\n${list.map((target) => `  e -> n${target}\n`).join('')}`)
    .join('');
}

/** A node dominates another if the root does not reach it without the first. */
function dominatorsByRemoval(targets: readonly (readonly number[])[]): number[] {
  const reachedWithout = targets.map((_, removed) => reached(targets, removed));
  const dominates = (a: number, b: number) => a !== b && !reachedWithout[a].has(b);
  return targets.map((_, node) => {
    const dominators = targets.map((_, other) => other).filter((other) => dominates(other, node));
    // The immediate dominator is the one that all others dominate.
    return dominators.find((a) => dominators.every((b) => a === b || dominates(b, a))) ?? 0;
  });
}

function reached(targets: readonly (readonly number[])[], removed: number): Set<number> {
  const seen = new Set<number>();
  const pending = removed === 0 ? [] : [0];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node) || node === removed) continue;
    seen.add(node);
    pending.push(...targets[node]);
  }
  return seen;
}
