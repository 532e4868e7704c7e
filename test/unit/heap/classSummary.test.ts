import assert from 'node:assert/strict';
import { summarizeClasses } from '../../../src/heap/classSummary';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { drawHeap } from '../../support/graphText';

/** Rows as `name count shallow retained`. */
function classTable(drawing: string): string[] {
  return summarizeClasses(analyzeGraph(drawHeap(drawing).graph)).map(
    ({ name, count, shallowBytes, retainedBytes }) =>
      `${name} ${count} ${shallowBytes} ${retainedBytes}`,
  );
}

describe('summarizeClasses', () => {
  it('counts what instances of a class keep together once', () => {
    const table = classTable(`
root
  app:shortcut -> app
app 1 "App"
  a -> outer
  b -> other
outer 10 "Node"
  next -> between
between 100 "Link"
  next -> inner
inner 1000 "Node"
other 10000 "Node"
`);
    assert.deepEqual(table, ['App 1 1 11111', 'Node 3 11010 11110', 'Link 1 100 1100']);
  });

  it('counts an instance again beside, not below, another one', () => {
    const table = classTable(`
root
  app:shortcut -> app
app 1 "App"
  a -> left
  b -> right
left 10 "Node"
  next -> leaf
leaf 5 "Leaf"
right 20 "Node"
`);
    assert.deepEqual(table, ['App 1 1 36', 'Node 2 30 35', 'Leaf 1 5 5']);
  });

  it('leaves out what has no shallow size, which hides nothing below it either', () => {
    const table = classTable(`
root
  app:shortcut -> app
app 1 "App"
  a -> empty
empty 0 "Node"
  next -> full
full 7 "Node"
  next -> nothing
nothing 0 "Nothing"
`);
    assert.deepEqual(table, ['App 1 1 8', 'Node 1 7 7']);
  });

  it('counts with adjusted shallow sizes', () => {
    const table = classTable(`
root
  app:shortcut -> map
map 16 "Map"
  table:internal -> table
table :array 100
`);
    assert.deepEqual(table, ['Map 1 116 116']);
  });

  it('names classes as the rest of the engine does, whatever number of nodes share a name', () => {
    const table = classTable(`
root
  a:shortcut -> a
  b:shortcut -> b
  c:shortcut -> c
  d:shortcut -> d
  e:shortcut -> e
a :native 1 "<div id=1>"
b :native 2 "<div id=2>"
c :closure 4 "Thing"
d :object 8 "Thing"
e :native 16 "Thing"
`);
    assert.deepEqual(table, ['Thing 2 24 24', 'Function 1 4 4', '<div> 2 3 3']);
  });

  it('orders classes of the same sizes by name', () => {
    const table = classTable(`
root
  b:shortcut -> b
  a:shortcut -> a
b 4 "B"
a 4 "A"
`);
    assert.deepEqual(table, ['A 1 4 4', 'B 1 4 4']);
  });

  it('walks a chain as deep as the heap', () => {
    const depth = 100_000;
    const links = Array.from(
      { length: depth },
      (_, i) => `n${i} 1 "Link"\n${i + 1 < depth ? `  next -> n${i + 1}` : ''}`,
    );
    const table = classTable(`root\n  a:shortcut -> n0\n${links.join('\n')}`);
    assert.deepEqual(table, [`Link ${depth} ${depth} ${depth}`]);
  });
});
