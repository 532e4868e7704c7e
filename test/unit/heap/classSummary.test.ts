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

  it('keeps a class apart that has the name of a kind of nodes', () => {
    const table = classTable(`
root
  a:shortcut -> a
  b:shortcut -> b
a :closure 4 "x"
b :object 8 "Function"
`);
    assert.deepEqual(table, ['Function 1 8 8', 'Function 1 4 4']);
  });

  it('keeps classes of one name apart that were defined at different places', () => {
    const table = classTable(`
root
  a:shortcut -> a
  b:shortcut -> b
  c:shortcut -> c
  d:shortcut -> d
  e:shortcut -> e
a 1 "Node" (7:1:2)
b 2 "Node" (7:1:3)
c 4 "Node" (7:1:2)
d 8 "Node"
e :closure 16 "Node" (7:1:2)
`);
    assert.deepEqual(table, ['Function 1 16 16', 'Node 1 8 8', 'Node 2 5 5', 'Node 1 2 2']);
  });

  it('tells plain objects apart by what properties two of them begin with', () => {
    const table = classTable(`
root
  a:shortcut -> a
  b:shortcut -> b
  c:shortcut -> c
  d:shortcut -> d
  e:shortcut -> e
  f:shortcut -> f
a 1 "Object"
  __proto__ -> x
  id -> x
  "full name" -> x
b 2 "Object"
  id -> x
  "full name" -> x
c 4 "Object"
  extra -> x
  "full name" -> x
  hidden:internal -> x
  id -> x
d 8 "Object"
  id -> x
e 16 "Object"
f 32 "Thing"
  id -> x
  "full name" -> x
x 64 "X"
`);
    assert.deepEqual(table, [
      'X 1 64 64',
      'Thing 1 32 32',
      'Object 2 24 24',
      '{id, full name} 3 7 7',
    ]);
  });

  it('gives a plain object the largest, then the most popular interface that it has', () => {
    const objects: [count: number, bytes: number, properties: string][] = [
      [2, 1, 'a'],
      [2, 10, 'b c'],
      [3, 100, 'c d'],
      [1, 10_000, 'd c b a'],
      [1, 100_000, 'a z'],
    ];
    const drawn = objects.flatMap(([count, bytes, properties], kind) =>
      Array.from({ length: count }, (_, i) => ({
        label: `o${kind}_${i}`,
        text: `o${kind}_${i} ${bytes} "Object"\n${properties
          .split(' ')
          .map((name) => `  ${name} -> x\n`)
          .join('')}`,
      })),
    );
    const edges = drawn.map(({ label }) => `  ${label}:shortcut -> ${label}\n`).join('');
    const table = classTable(`root\n${edges}${drawn.map(({ text }) => text).join('')}x 0`);
    assert.deepEqual(table, ['{a} 3 100002 100002', '{c, d} 4 10300 10300', '{b, c} 2 20 20']);
  });

  it('quotes properties that could be taken for several, and cuts long names', () => {
    const long = 'p'.repeat(60);
    const table = classTable(`
root
  a:shortcut -> a
  b:shortcut -> b
  c:shortcut -> c
  d:shortcut -> d
a 1 "Object"
  "x, y" -> z
b 2 "Object"
  "x, y" -> z
c 4 "Object"
  "${long}1" -> z
  "${long}2" -> z
d 8 "Object"
  "${long}1" -> z
z 0
`);
    assert.deepEqual(table, [`{${long}1} 2 12 12`, '{"x, y"} 2 3 3']);
  });

  it('reads all properties of an object that has hundreds', () => {
    const many = Array.from({ length: 300 }, (_, i) => `  k${i} -> x\n`).join('');
    const table = classTable(
      `root\n  a:shortcut -> a\n  b:shortcut -> b\n  c:shortcut -> c\n` +
        `a 1 "Object"\n  last -> x\nb 2 "Object"\n  last -> x\nc 4 "Object"\n${many}  last -> x\nx 0`,
    );
    assert.deepEqual(table, ['{last} 3 7 7']);
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
