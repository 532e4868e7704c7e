import assert from 'node:assert/strict';
import { drawHeap } from '../../support/graphText';

describe('HeapGraph', () => {
  const { graph, node } = drawHeap(`
root
  global:shortcut -> holder
holder (5:1:2)
  items -> property
  items:context -> context
  [3] -> element
  {3} -> hidden
  3 -> named
property
context (5:9:0)
element
hidden
named (6:0:0)
`);
  const firstEdge = graph.firstEdgeOf[node('holder')];

  it('names edges by string or by index', () => {
    const names = [0, 1, 2, 3, 4].map((offset) => [
      graph.edgeType(firstEdge + offset),
      graph.edgeName(firstEdge + offset),
      graph.edgeNameIsIndex(firstEdge + offset),
    ]);
    assert.deepEqual(names, [
      ['property', 'items', false],
      ['context', 'items', false],
      ['element', '3', true],
      ['hidden', '3', true],
      ['property', '3', false],
    ]);
  });

  it('finds an edge by name and type', () => {
    const holder = node('holder');
    assert.equal(graph.findEdge(holder, 'items'), node('property'));
    assert.equal(graph.findEdge(holder, 'items', 'context'), node('context'));
    assert.equal(graph.findEdge(holder, 'items', 'weak'), -1);
    assert.equal(graph.findEdge(holder, '3'), node('named'));
    assert.equal(graph.findEdge(holder, 'nothing'), -1);
    assert.equal(graph.findEdge(node('property'), 'items'), -1);
  });

  it('does not take an index for the number of a string', () => {
    const { graph, node } = drawHeap(`
root
  global:shortcut -> a
a
  [4] -> root
  {4} -> root
  x -> a
`);
    assert.equal(graph.strings.indexOf('x'), 4);
    assert.equal(graph.findEdge(node('a'), 'x'), node('a'));
  });

  it('knows the location of a node that has one', () => {
    assert.deepEqual(graph.location(node('holder')), { scriptId: 5, line: 1, column: 2 });
    assert.deepEqual(graph.location(node('context')), { scriptId: 5, line: 9, column: 0 });
    assert.deepEqual(graph.location(node('named')), { scriptId: 6, line: 0, column: 0 });
    assert.equal(graph.location(node('root')), undefined);
    assert.equal(graph.location(node('property')), undefined);
    assert.equal(graph.location(node('hidden')), undefined);
  });
});
