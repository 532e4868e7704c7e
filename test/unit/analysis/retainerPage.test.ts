import assert from 'node:assert/strict';
import { retainerPage } from '../../../src/analysis/retainerPage';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { drawHeap } from '../../support/graphText';

const heap = drawHeap(`
root
  [1] -> global
global 8 "global"
  .app:property -> app
  far:property -> step
step 8 "Step"
  next:property -> holder
holder 16 "Holder" (7:10:2)
  list:property -> leaked
  twice:property -> leaked
app 8 "App"
  leaked:property -> leaked
  watcher:property -> weak
weak 8 "WeakRef"
  target:weak -> leaked
lost 8 "Lost"
  [3] -> leaked
leaked 24 "Leaked"
`);
const snapshot = analyzeGraph(heap.graph);
const page = (label: string, offset = 0, count = 200) =>
  retainerPage(snapshot, { node: heap.node(label), offset, count });

describe('retainerPage', () => {
  it('lists every strong reference, the nearest to the root first, the unreachable last', () => {
    const { total, rows } = page('leaked');
    assert.equal(total, 4);
    assert.deepEqual(
      rows.map(({ className, edge }) => `${className} ${edge}`),
      ['App .leaked', 'Holder .list', 'Holder .twice', 'Lost [3]'],
    );
  });

  it('puts what only V8 holds behind the objects of the program', () => {
    const drawn = drawHeap(`
root
  global:shortcut -> app
  [1] -> handles
app 8 "App"
  leaked -> leaked
handles :synthetic "(Global handles)"
  [1] -> table
table 8 "Table"
  [3] -> leaked
lost 8 "Lost"
  leaked -> leaked
leaked 24 "Leaked"
`);
    const { rows } = retainerPage(analyzeGraph(drawn.graph), {
      ...{ node: drawn.node('leaked'), offset: 0, count: 200 },
    });
    assert.deepEqual(
      rows.map(({ className }) => className),
      ['App', 'Table', 'Lost'],
    );
  });

  it('describes the object that holds', () => {
    assert.deepEqual(page('leaked').rows[1], {
      node: heap.node('holder'),
      edge: '.list',
      className: 'Holder',
      objectId: 2 * heap.node('holder') + 1,
      shallowBytes: 16,
      retainedBytes: 16,
      distance: snapshot.distances[heap.node('holder')],
      expandable: true,
      code: { scriptId: 7, line: 10, column: 2 },
    });
  });

  it('says what has no retainers of its own', () => {
    const lost = page('leaked').rows[3];
    assert.deepEqual([lost.expandable, lost.distance], [false, -1]);
    assert.equal(page('lost').total, 0);
    const [root] = page('global').rows;
    assert.deepEqual([root.className, root.expandable], ['(GC root)', false]);
  });

  it('gives a page with the total', () => {
    const { total, rows } = page('leaked', 1, 2);
    assert.equal(total, 4);
    assert.deepEqual(
      rows.map(({ edge }) => edge),
      ['.list', '.twice'],
    );
    assert.deepEqual(page('leaked', 4), { total: 4, rows: [] });
  });

  it('lets through what has the text in its class or edge', () => {
    const found = (filter: string) => {
      const { total, rows } = retainerPage(snapshot, { ...all, filter });
      assert.equal(total, rows.length);
      return rows.map(({ className, edge }) => `${className} ${edge}`);
    };
    const all = { node: heap.node('leaked'), offset: 0, count: 200 };
    assert.deepEqual(found('HOLD'), ['Holder .list', 'Holder .twice']);
    assert.deepEqual(found('l'), ['App .leaked', 'Holder .list', 'Holder .twice', 'Lost [3]']);
    assert.deepEqual(found('.twice'), ['Holder .twice']);
    assert.deepEqual(found('WeakRef'), []);
  });

  it('gives no more than 200 rows', () => {
    const holders = Array.from({ length: 250 }, (_, i) => `h${i}\n  x:property -> leaked`);
    const edges = holders.map((_, i) => `  [${i}] -> h${i}`);
    const many = drawHeap(`root\n${edges.join('\n')}\n${holders.join('\n')}\nleaked`);
    const request = { node: many.node('leaked'), offset: 0, count: 1_000 };
    const { total, rows } = retainerPage(analyzeGraph(many.graph), request);
    assert.deepEqual([total, rows.length], [250, 200]);
  });

  it('is empty for a node that is not there', () => {
    for (const node of [-1, heap.graph.nodeCount, 1.5, NaN]) {
      assert.deepEqual(retainerPage(snapshot, { node, offset: 0, count: 5 }), {
        total: 0,
        rows: [],
      });
    }
  });
});
