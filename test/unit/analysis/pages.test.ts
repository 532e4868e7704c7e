import assert from 'node:assert/strict';
import { childPage } from '../../../src/analysis/childPage';
import { instancePage } from '../../../src/analysis/instancePage';
import { retainerPage } from '../../../src/analysis/retainerPage';
import { ClassInstances } from '../../../src/heap/classInstances';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { drawHeap } from '../../support/graphText';

const drawn = drawHeap(`
root
  app:shortcut -> app
app 1 "App"
  a -> small
  b -> large
  c -> middle
  d:weak -> shared
small 10 "Item"
large 1000 "Item"
  shared -> shared
middle 100 "Item" (7:3:5)
  shared -> shared
shared 5 "Shared"
empty 0 "Item"
`);
const snapshot = analyzeGraph(drawn.graph);
const instances = new ClassInstances(snapshot);
const all = { offset: 0, count: 200 };

const labels = (rows: readonly { node: number }[]) => drawn.labels(rows.map(({ node }) => node));

describe('childPage', () => {
  it('has what keeps the most alive first, and says how many there are', () => {
    const { total, rows } = childPage(snapshot, { node: drawn.node('app'), ...all });
    assert.equal(total, 4);
    assert.deepEqual(labels(rows), ['large', 'middle', 'small', 'shared']);
    assert.deepEqual(
      rows.map(({ retainedBytes, expandable }) => [retainedBytes, expandable]),
      [
        [1000, true],
        [100, true],
        [10, false],
        [5, false],
      ],
    );
    assert.match(rows[0].edge, /b/);
    assert.deepEqual(rows[1].code, { scriptId: 7, line: 3, column: 5 });
  });

  it('is cut where it was asked to be', () => {
    const page = (offset: number, count: number) =>
      labels(childPage(snapshot, { node: drawn.node('app'), offset, count }).rows);
    assert.deepEqual(page(1, 2), ['middle', 'small']);
    assert.deepEqual(page(3, 200), ['shared']);
    assert.deepEqual(page(4, 10), []);
    assert.deepEqual(page(-1, 1), ['large']);
    assert.deepEqual(page(0, -1), []);
  });

  it('is empty for a node that there is not', () => {
    for (const node of [-1, 1e9, 0.5, NaN]) {
      assert.deepEqual(childPage(snapshot, { node, ...all }), { total: 0, rows: [] });
    }
  });
});

describe('instancePage', () => {
  it('has the instances with a size, what keeps the most alive first', () => {
    const page = instancePage(snapshot, instances, { className: 'Item', ...all });
    assert.equal(page.total, 3);
    assert.deepEqual(labels(page.rows), ['large', 'middle', 'small']);
    const second = { className: 'Item', offset: 1, count: 1 };
    assert.deepEqual(labels(instancePage(snapshot, instances, second).rows), ['middle']);
  });

  it('is empty for a class that there is not', () => {
    const none = instancePage(snapshot, instances, { className: '__proto__', ...all });
    assert.deepEqual(none, { total: 0, rows: [] });
  });
});

describe('retainerPage', () => {
  it('leaves weak references out and has the nearest to the root first', () => {
    const { total, rows } = retainerPage(snapshot, { node: drawn.node('shared'), ...all });
    assert.equal(total, 2);
    assert.deepEqual(labels(rows), ['large', 'middle']);
    const app = retainerPage(snapshot, { node: drawn.node('app'), ...all });
    assert.deepEqual(
      app.rows.map(({ className, expandable }) => [className, expandable]),
      [['(GC root)', false]],
    );
  });

  it('never has more than 200 rows', () => {
    const holders = Array.from({ length: 300 }, (_, i) => `h${i} 1\n  x -> target`);
    const edges = holders.map((_, i) => `  e${i} -> h${i}`).join('\n');
    const many = drawHeap(`root\n${edges}\n${holders.join('\n')}\ntarget 1`);
    const request = { node: many.node('target'), offset: 0, count: 1000 };
    const { total, rows } = retainerPage(analyzeGraph(many.graph), request);
    assert.equal(total, 300);
    assert.deepEqual(
      rows.map(({ node }) => node),
      Array.from({ length: 200 }, (_, i) => many.node(`h${i}`)),
    );
  });
});
