import assert from 'node:assert/strict';
import { SYSTEM_DISTANCE, UNREACHABLE, computeDistances } from '../../../src/heap/distances';
import { findEphemeronNames } from '../../../src/heap/ephemeronNames';
import { drawHeap } from '../../support/graphText';

function distances(drawing: string): Record<string, number> {
  const { graph, labels } = drawHeap(drawing);
  const computed = computeDistances(graph, findEphemeronNames(graph.strings));
  return Object.fromEntries(labels(computed.keys()).map((label, node) => [label, computed[node]]));
}

describe('computeDistances', () => {
  it('counts the shortest way from a user root, without weak edges', () => {
    const result = distances(`
root
  [1] -> gcRoots
  global:shortcut -> global
gcRoots :synthetic "(GC roots)"
  [1] -> system
  [2] -> near
system
  up -> near
global
  a -> a
  w:weak -> near
a
  b -> b
  near -> near
b
  far -> near
  back -> global
near
island
  other -> island
`);
    assert.deepEqual(result, {
      root: SYSTEM_DISTANCE,
      gcRoots: SYSTEM_DISTANCE + 1,
      system: SYSTEM_DISTANCE + 2,
      ...{ global: 1, a: 2, b: 3, near: 3 },
      island: UNREACHABLE,
    });
  });

  it('counts from the root if there is no user root, and from documents if there are', () => {
    const drawing = (name: string) => `
root
  [1] -> roots
roots :synthetic "${name}"
  [1] -> a
a
`;
    assert.deepEqual(distances(drawing('(GC roots)')), { root: 0, roots: 1, a: 2 });
    assert.deepEqual(distances(drawing('(Document DOM trees)')), {
      ...{ root: SYSTEM_DISTANCE, roots: 1, a: 2 },
    });
  });

  it('puts the value of a WeakMap behind the later of key and table', () => {
    const name = (index: number) =>
      `"${index} / part of key (K @7) -> value (V @9) pair in WeakMap (table @5)":internal`;
    const result = distances(`
root
  global:shortcut -> global
global
  key -> key
  map -> map
map
  table:internal -> table
table :array @5
  next:internal -> later
  ${name(3)} -> value
later
key @7
  ${name(0)} -> value
value @9
`);
    // The key (2) is met before the table (3).
    assert.deepEqual(result, {
      ...{ root: SYSTEM_DISTANCE, global: 1, key: 2, map: 2, table: 3, later: 4, value: 4 },
    });
  });

  it('does not reach a value of which only the key is reached', () => {
    const name = `"1 / part of key (K @3) -> value (V @5) pair in WeakMap (table @99)":internal`;
    const result = distances(`
root
  key:shortcut -> key
key @3
  ${name} -> value
value @5
`);
    assert.equal(result.value, UNREACHABLE);
  });

  it('skips the links of map descriptors and the sloppy function map', () => {
    const result = distances(`
root
  global:shortcut -> global
global
  descriptors -> descriptors
  context -> context
  named -> ordinary
descriptors :array "(map descriptors)"
  {1} -> count
  4:internal -> link4
  {5} -> key5
  {7} -> link7
  map:internal -> map
context :hidden "system / NativeContext"
  sloppy_function_map:internal -> sloppy
  strict_function_map:internal -> strict
ordinary
  sloppy_function_map:internal -> ordinaryMap
count
link4
key5
link7
map
sloppy
strict
ordinaryMap
`);
    const reached = Object.entries(result).filter(([, distance]) => distance === 3);
    assert.deepEqual(
      reached.map(([label]) => label),
      ['count', 'key5', 'map', 'strict', 'ordinaryMap'],
    );
    for (const label of ['link4', 'link7', 'sloppy']) assert.equal(result[label], UNREACHABLE);
  });
});
