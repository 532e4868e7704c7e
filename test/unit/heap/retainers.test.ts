import assert from 'node:assert/strict';
import { BitSet } from '../../../src/heap/bitSet';
import { buildRetainers } from '../../../src/heap/retainers';
import { drawHeap } from '../../support/graphText';

describe('buildRetainers', () => {
  it('lists the edges to each node, weak ones too, by ascending source', () => {
    const { graph, node } = drawHeap(`
root
  a:shortcut -> a
  b:shortcut -> b
a
  first -> shared
  second:weak -> shared
  self -> a
b
  third -> shared
shared
alone
`);
    const { retainers } = buildRetainers(graph, new BitSet(graph.edgeCount));
    const { firstRetainerOf, retainingNodeOf } = retainers;
    const retainersOf = (label: string) => {
      const range = [firstRetainerOf[node(label)], firstRetainerOf[node(label) + 1]] as const;
      const edges = retainers.edgesTo(node(label));
      return [...retainingNodeOf.subarray(...range)].map(
        (source, at) => `${graph.nodeName(source)}.${graph.edgeName(edges[at])}`,
      );
    };
    assert.deepEqual(retainersOf('root'), []);
    assert.deepEqual(retainersOf('a'), ['.a', 'a.self']);
    assert.deepEqual(retainersOf('b'), ['.b']);
    assert.deepEqual(retainersOf('shared'), ['a.first', 'a.second', 'b.third']);
    assert.deepEqual(retainersOf('alone'), []);
    assert.equal(firstRetainerOf[graph.nodeCount], graph.edgeCount);
  });
});
