import assert from 'node:assert/strict';
import { buildPathTree, pathEdges } from '../../../src/leaks/pathTree';
import { drawHeap } from '../../support/graphText';
import { repeat } from '../../support/roundsText';

/** The labels on the path to `label`, without the root. */
function path(drawing: string, label: string): string[] {
  const { graph, node, labels } = drawHeap(drawing);
  const tree = buildPathTree(graph);
  return labels(pathEdges(tree, node(label)).map((edge) => graph.edgeTargetOf[edge]));
}

const ENTRY = '"3 / part of key (K @7) -> value (V @9) pair in WeakMap (table @5)":internal';

describe('buildPathTree', () => {
  it("prefers a variable to V8's roots and to what describes a function, even if it is longer", () => {
    const drawing = `
root
  [1] -> gcRoots
  global:shortcut -> global
gcRoots :synthetic "(GC roots)"
  [1] -> value
global
  server -> server
server
  handler -> handler
handler :closure
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  state:context -> state
shared :code
  literals:internal -> value
state
  value -> value
value
`;
    assert.deepEqual(path(drawing, 'value'), [
      ...['global', 'server', 'handler', 'scope', 'state', 'value'],
    ]);
  });

  it('finds nothing over weak edges', () => {
    const drawing = `
root
  global:shortcut -> ref
ref "WeakRef"
  target:weak -> target
target
  field -> below
below
`;
    assert.deepEqual(path(drawing, 'target'), []);
    assert.deepEqual(path(drawing, 'below'), []);
  });

  it("finds nothing over V8's table of unique strings, which holds them weakly", () => {
    const drawing = `
root
  [1] -> gcRoots
gcRoots :synthetic "(GC roots)"
  [1] -> strings
  [7] -> handles
strings :synthetic "(Internalized strings)"
  22:internal -> key
  23:internal -> unused
handles :synthetic "(Handle scope)"
  32:internal -> byId
byId "Object"
  properties:internal -> properties
properties :array
  162:internal -> key
key :string "k279"
unused :string "k280"
`;
    assert.deepEqual(path(drawing, 'key'), ['gcRoots', 'handles', 'byId', 'properties', 'key']);
    assert.deepEqual(path(drawing, 'unused'), []);
  });

  it('takes the entry of a WeakMap only if there is hardly another way', () => {
    const drawing = (steps: number) => `
root
  global:shortcut -> key
key
  ${ENTRY} -> value
  far -> n0
${repeat(steps, (i) => `n${i}\n  next -> ${i + 1 < steps ? `n${i + 1}` : 'value'}\n`)}
value
`;
    // Each step costs 1, an entry 8.
    assert.deepEqual(path(drawing(5), 'value'), ['key', 'n0', 'n1', 'n2', 'n3', 'n4', 'value']);
    assert.deepEqual(path(drawing(20), 'value'), ['key', 'value']);
  });

  it('gives every reachable node a way from the root, after its parent, and others none', () => {
    const drawn = drawHeap(`
root
  global:shortcut -> a
a
  b -> b
  map:internal -> late
b
  back -> a
  self -> b
  c -> c
c
  late -> late
late
island
  other -> islet
islet
  other -> island
`);
    const tree = buildPathTree(drawn.graph);
    assert.deepEqual(drawn.labels(tree.order), ['root', 'a', 'b', 'c', 'late']);
    const parents = ['a', 'b', 'c', 'late'].map((label) => tree.parentNodeOf[drawn.node(label)]);
    assert.deepEqual(drawn.labels(parents), ['root', 'a', 'b', 'c']);
    for (const label of ['root', 'island', 'islet']) {
      assert.equal(tree.parentNodeOf[drawn.node(label)], -1, label);
      assert.equal(tree.parentEdgeOf[drawn.node(label)], -1, label);
    }
    assert.deepEqual(pathEdges(tree, drawn.node('root')), []);
  });
});
