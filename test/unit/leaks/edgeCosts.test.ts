import assert from 'node:assert/strict';
import { EdgeCosts, MAX_EDGE_COST } from '../../../src/leaks/edgeCosts';
import { drawHeap } from '../../support/graphText';

const { graph, node } = drawHeap(`
root
  [1] -> gcRoots
gcRoots :synthetic "(GC roots)"
  [2] -> holder
  "1 / DevTools debugger":internal -> holder
holder
  field -> a
  __proto__ -> a
  "<symbol kState>" -> a
  variable:context -> a
  [7] -> a
  {3} -> a
  elements:internal -> a
  17:internal -> a
  "3 / part of key (K @7) -> value (V @9) pair in WeakMap (table @5)":internal -> a
  module:internal -> a
  map:internal -> a
  ref:weak -> a
  shortcut:shortcut -> a
a
`);
const costs = new EdgeCosts(graph);

/** Cost of the edge with this name. */
function cost(source: string, name: string): number {
  const first = graph.firstEdgeOf[node(source)];
  for (let edge = first; edge < graph.firstEdgeOf[node(source) + 1]; edge++) {
    if (graph.edgeName(edge).startsWith(name)) return costs.of(node(source), edge);
  }
  throw new Error(`No edge ${name}.`);
}

describe('EdgeCosts', () => {
  it('makes all that a developer wrote, and storage, equally cheap', () => {
    for (const name of ['field', 'variable', '7', 'elements', '17', 'shortcut']) {
      assert.equal(cost('holder', name), 1, name);
    }
  });

  it('orders the rest: symbols, V8 links, WeakMap entries, prototypes, roots, descriptions', () => {
    const order = [
      cost('holder', 'field'),
      cost('holder', '<symbol'),
      cost('holder', 'module'),
      cost('holder', '3 /'),
      cost('holder', '__proto__'),
      cost('gcRoots', '2'),
      cost('holder', 'map'),
      MAX_EDGE_COST,
    ];
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.equal(new Set(order.slice(0, -1)).size, 7);
    assert.equal(cost('root', '1'), cost('gcRoots', '2'));
    assert.ok(cost('holder', '3') > cost('holder', 'field'));
  });

  it('says the same when asked again', () => {
    assert.equal(cost('holder', 'map'), cost('holder', 'map'));
  });

  it('has no price for what the inspector itself holds', () => {
    assert.equal(cost('gcRoots', '1 / DevTools debugger'), -1);
  });

  it('has no price for edges that keep nothing alive', () => {
    assert.equal(cost('holder', 'ref'), -1);
  });
});
