import assert from 'node:assert/strict';
import { NodeKinds } from '../../../src/leaks/nodeKinds';
import { PathSignatures } from '../../../src/leaks/pathSignature';
import { buildPathTree } from '../../../src/leaks/pathTree';
import { drawHeap } from '../../support/graphText';
import { repeat } from '../../support/roundsText';

/** Tells whether all the labelled nodes have the same signature. */
function alike(drawing: string, ...labels: string[]): boolean {
  const { graph, node } = drawHeap(drawing);
  const signatures = new PathSignatures(graph, buildPathTree(graph), new NodeKinds(graph));
  return new Set(labels.map((label) => signatures.of(node(label)))).size === 1;
}

describe('PathSignatures', () => {
  it('leaves out indexes and the slots of tables', () => {
    const drawing = `
root
  global:shortcut -> global
global
  users -> users
  other -> other
users "Map"
  table:internal -> table
table :array
  4:internal -> user4 
  7:internal -> user7
  9:internal -> admin
user4 "User"
  carts -> carts4
user7 "User"
  carts -> carts7
admin "Admin"
  carts -> cartsOfAdmin
carts4 "Array"
  [0] -> cart0
  [1] -> cart1
carts7 "Array"
  [5] -> cart5
cartsOfAdmin "Array"
other "Array"
cart0 "Cart"
cart1 "Cart"
cart5 "Cart"
`;
    assert.ok(alike(drawing, 'carts4', 'carts7'));
    assert.ok(alike(drawing, 'cart0', 'cart1', 'cart5'));
    assert.ok(!alike(drawing, 'carts4', 'cartsOfAdmin'), 'the class of a holder counts');
    assert.ok(!alike(drawing, 'carts4', 'other'), 'the path counts');
  });

  it('keeps the names of fields and variables apart', () => {
    const drawing = `
root
  global:shortcut -> global
global
  open -> open
  closed -> closed
open "Array"
closed "Array"
`;
    assert.ok(!alike(drawing, 'open', 'closed'));
  });

  it('leaves out the keys of an object with more than 40 edges', () => {
    const keyed = (count: number, name = 'Object') => `
root
  global:shortcut -> byId
byId "${name}"
${repeat(count, (i) => `  id${i} -> e${i}\n`)}${repeat(count, (i) => `e${i} "Entry"\n`)}`;
    assert.ok(!alike(keyed(40), 'e0', 'e1'));
    assert.ok(alike(keyed(41), 'e0', 'e1', 'e40'));
    assert.ok(!alike(keyed(41, 'global'), 'e0', 'e1'), 'the keys of globalThis are variables');
  });

  it('folds linked lists, also where an element is several objects', () => {
    const drawing = `
root
  global:shortcut -> list
list "List"
  head -> n0
  value -> value
n0 "Node"
  next -> n1
n1 "Node"
  next -> n2
n2 "Node"
  next -> n3
  value -> valueOfN2
n3 "Node"
  value -> valueOfN3
  chain -> link0
link0 "Link"
  cell -> cell0
cell0 "Cell"
  next -> link1
link1 "Link"
  cell -> cell1
cell1 "Cell"
  next -> link2
link2 "Link"
  cell -> cell2
cell2 "Cell"
value "Value"
valueOfN2 "Value"
valueOfN3 "Value"
`;
    assert.ok(alike(drawing, 'n1', 'n2', 'n3'));
    assert.ok(alike(drawing, 'valueOfN2', 'valueOfN3'));
    assert.ok(!alike(drawing, 'value', 'valueOfN3'));
    assert.ok(alike(drawing, 'cell1', 'cell2'));
    assert.ok(alike(drawing, 'link1', 'link2'));
    assert.ok(!alike(drawing, 'link1', 'cell1'));
  });

  it('takes the type of functions and strings for their class: their name is text', () => {
    const drawing = `
root
  global:shortcut -> list
list "Array"
  [0] -> f
  [1] -> g
  [2] -> text
f :closure "onData"
g :closure "onEnd"
text :string "onData"
`;
    assert.ok(alike(drawing, 'f', 'g'));
    assert.ok(!alike(drawing, 'f', 'text'));
  });

  it('has one signature for the root and all that nothing reaches', () => {
    assert.ok(alike('root\na\nb "B"\n', 'root', 'a', 'b'));
  });
});
