import assert from 'node:assert/strict';
import { findEphemeronNames } from '../../../src/heap/ephemeronNames';
import { findEssentialEdges } from '../../../src/heap/essentialEdges';
import { findPageObjects } from '../../../src/heap/pageObjects';
import { drawHeap, type DrawnHeap } from '../../support/graphText';

function pageObjects({ graph, labels }: DrawnHeap): string[] {
  const found = findPageObjects(graph);
  return labels(
    Array.from({ length: graph.nodeCount }, (_, node) => node).filter((n) => found.has(n)),
  );
}

function essentialEdges({ graph, labels }: DrawnHeap): string[] {
  const names = findEphemeronNames(graph.strings);
  const essential = findEssentialEdges(graph, findPageObjects(graph), names);
  const edges: string[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
      const [source, target] = labels([node, graph.edgeTargetOf[edge]]);
      if (essential.has(edge)) edges.push(`${source} -> ${target}`);
    }
  }
  return edges;
}

describe('findPageObjects', () => {
  it('starts at shortcuts of the root and at documents, and does not follow weak edges', () => {
    const heap = drawHeap(`
root
  [1] -> gcRoots
  global:shortcut -> global
  [2] -> documents
  named -> byProperty
gcRoots :synthetic "(GC roots)"
  [1] -> debuggerOnly
global
  map:internal -> hiddenMap
  weakly:weak -> weaklyHeld
hiddenMap :hidden
  {1} -> global
  short:shortcut -> byShortcut
documents :synthetic "(Document DOM trees)"
  [1] -> element
element :native
byProperty
byShortcut
debuggerOnly
weaklyHeld
`);
    assert.deepEqual(pageObjects(heap), [
      'global',
      'hiddenMap',
      'documents',
      'element',
      'byShortcut',
    ]);
  });
});

describe('findEssentialEdges', () => {
  it('leaves out weak edges, self edges and shortcuts that are not of the root', () => {
    const heap = drawHeap(`
root
  global:shortcut -> a
  w:weak -> b
a
  self -> a
  b:weak -> b
  b:shortcut -> b
  b:internal -> b
  {7} -> c
b
  [0] -> a
c
`);
    assert.deepEqual(essentialEdges(heap), ['root -> a', 'a -> b', 'a -> c', 'b -> a']);
  });

  it("leaves out edges into the program's objects from outside, but not those of the root", () => {
    const heap = drawHeap(`
root
  [1] -> gcRoots
  global:shortcut -> global
  [2] -> global
gcRoots :synthetic "(GC roots)"
  [1] -> own
  [2] -> global
own
  held -> user
  next -> gcRoots
global
  user -> user
user
  out -> global
`);
    assert.deepEqual(essentialEdges(heap), [
      'root -> gcRoots',
      'root -> global',
      'root -> global',
      'gcRoots -> own',
      'own -> gcRoots',
      'global -> user',
      'user -> global',
    ]);
  });

  const entry = (index: number) =>
    `"${index} / part of key (Key @7) -> value (Value (big) @9) pair in WeakMap (table @5)"`;

  it('lets the key of a WeakMap keep the value, not the table', () => {
    const heap = drawHeap(`
root
  global:shortcut -> map
  key:shortcut -> key
map @3
  table:internal -> table
table :array @5
  ${entry(4)}:internal -> value
  ${entry(5)}:property -> value
  "6 / part of key (Key @7) -> value (V @9) pair in WeakMap (table @55)":internal -> value
  "12 / part":internal -> value
key @7
  ${entry(2)}:internal -> value
value @9
`);
    assert.deepEqual(essentialEdges(heap), [
      'root -> map',
      'root -> key',
      'map -> table',
      'table -> value',
      'table -> value',
      'table -> value',
      'key -> value',
    ]);
  });
});
