import { NodeKinds } from '../../../src/leaks/nodeKinds';
import assert from 'node:assert/strict';
import { edgeWords } from '../../../src/leaks/edgeWords';
import { buildPathTree } from '../../../src/leaks/pathTree';
import { retainingChain } from '../../../src/leaks/retainingChain';
import { drawHeap } from '../../support/graphText';

const LONG = 'k'.repeat(61);
const { graph, node } = drawHeap(`
root
  1:shortcut -> global
  [3] -> gcRoots
gcRoots :synthetic "(GC roots)"
  [8] -> handle
handle "Timeout"
global
  cart -> field
  #secret -> privateField
  content-type -> header
  "<symbol kState>" -> symbolField
  "${LONG}" -> longField
  list -> list
  byName -> map
  unique -> set
  hidden -> hiddenHolder
  make -> make
  key -> key
field
privateField
header
symbolField
longField
list "Array"
  elements:internal -> elements
  [3] -> item
elements :array
  4:internal -> hiddenItem
item
hiddenItem
map "Map"
  table:internal -> table
table :array
  3:internal -> ada
  4:internal -> entryOfAda
  6:internal -> keyObject
  7:internal -> entryOfObject
  9:internal -> longKey
  10:internal -> entryOfLong
ada :string "Ada "
entryOfAda
keyObject
entryOfObject
longKey :string "${LONG}"
entryOfLong
set "Set"
  table:internal -> setTable
setTable :array
  3:internal -> before
  4:internal -> member
before :string "before"
member
hiddenHolder
  {2} -> hiddenTarget
hiddenTarget
make :closure
  context:internal -> scope
scope "system / Context"
  sessions:context -> variable
  previous:internal -> outer
outer "system / Context"
variable
key
  "5 / part of key (K @7) -> value (V @9) pair in WeakMap (table @5)":internal -> weakValue
  handler:internal -> internalTarget
weakValue
internalTarget
`);
const tree = buildPathTree(graph);
const words = (label: string) =>
  edgeWords(graph, retainingChain(graph, tree, new NodeKinds(graph), node(label)).at(-1)!);

describe('edgeWords', () => {
  it('writes members as code does', () => {
    assert.equal(words('field'), '.cart');
    assert.equal(words('privateField'), '.#secret');
    assert.equal(words('item'), '[3]');
    assert.equal(words('hiddenItem'), '[4]');
    assert.equal(words('hiddenTarget'), '[2]');
  });

  it('quotes property names that are no identifiers, and cuts long ones at 60 characters', () => {
    assert.equal(words('header'), '["content-type"]');
    assert.equal(words('symbolField'), '["<symbol kState>"]');
    assert.equal(words('longField'), `.${LONG}`);
    assert.equal(words('entryOfLong'), `entry "${'k'.repeat(60)}…"`);
  });

  it('names the key of a Map entry if it is text', () => {
    assert.equal(words('entryOfAda'), 'entry "Ada "');
    assert.equal(words('entryOfObject'), 'entry');
    assert.equal(words('keyObject'), 'entry');
  });

  it('does not take one member of a Set for the key of the next', () => {
    assert.equal(words('member'), 'entry');
  });

  it('names variables and scopes', () => {
    assert.equal(words('variable'), 'variable sessions');
    assert.equal(words('scope'), 'scope');
    assert.equal(words('outer'), 'outer scope');
  });

  it("keeps V8's words for the rest", () => {
    assert.equal(words('root'), '');
    assert.equal(words('global'), '(root)');
    assert.equal(words('gcRoots'), '[3]');
    assert.equal(words('weakValue'), 'WeakMap value');
    assert.equal(words('internalTarget'), '(handler)');
  });
});
