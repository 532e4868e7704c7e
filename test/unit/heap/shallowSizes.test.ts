import assert from 'node:assert/strict';
import { computeShallowSizes } from '../../../src/heap/shallowSizes';
import { drawHeap } from '../../support/graphText';

function sizes(drawing: string): Record<string, number> {
  const { graph, labels } = drawHeap(drawing);
  const computed = computeShallowSizes(graph, graph.detachednessOf);
  assert.equal(
    [...computed].reduce((a, b) => a + b),
    [...graph.selfSizeOf].reduce((a, b) => a + b),
    'no byte is lost',
  );
  return Object.fromEntries(labels(computed.keys()).map((label, node) => [label, computed[node]]));
}

describe('computeShallowSizes', () => {
  it('gives what one object alone owns to that object, over any depth', () => {
    const result = sizes(`
root
  global:shortcut -> map
map 10
  table:internal -> table
  shape:hidden -> text
table :array 100
  {1} -> store
store :hidden 1000
  [0] -> value
  {1} -> table
value 7
  elements:internal -> elements
elements :array 20
text :string 5
  {1} -> external
external :native 50000 "system / ExternalStringData"
`);
    assert.deepEqual(result, {
      ...{ root: 0, map: 1110, table: 0, store: 0, value: 27, elements: 0 },
      ...{ text: 50005, external: 0 },
    });
  });

  it('lets what several objects reach keep its size', () => {
    const result = sizes(`
root
  a:shortcut -> a
  b:shortcut -> b
a 1
  own:internal -> ownOfA
ownOfA :array 10
  {1} -> shared
b 2
  shared:internal -> shared
shared :hidden 100
  {1} -> below
below :array 1000
`);
    assert.deepEqual(result, { root: 0, a: 11, ownOfA: 0, b: 2, shared: 100, below: 1000 });
  });

  it('counts owners over edges that are not weak, and other natives own themselves', () => {
    const result = sizes(`
root
  a:shortcut -> a
  b:shortcut -> b
a 1
  x:internal -> x
  data:internal -> data
b 2
  x:weak -> x
x :array 10
data :native 100 "system / JSArrayBufferData"
`);
    assert.deepEqual(result, { root: 0, a: 11, b: 2, x: 0, data: 100 });
  });

  it("does not give to the root or to V8's own roots", () => {
    const result = sizes(`
root
  global:shortcut -> global
  [1] -> gcRoots
  [2] -> ofRoot
global 1
gcRoots :synthetic "(GC roots)"
  [1] -> ofGcRoots
ofRoot :array 10
ofGcRoots :hidden 20
unreached :hidden 30
`);
    assert.deepEqual(result, {
      ...{ root: 0, global: 1, gcRoots: 0, ofRoot: 10, ofGcRoots: 20, unreached: 30 },
    });
  });

  it("keeps V8's sizes in a snapshot without user roots", () => {
    const result = sizes(`
root
  [1] -> gcRoots
gcRoots :synthetic "(GC roots)"
  [1] -> map
map 10
  table:internal -> table
table :array 100
`);
    assert.deepEqual(result, { root: 0, gcRoots: 0, map: 10, table: 100 });
  });
});
