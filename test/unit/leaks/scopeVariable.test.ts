import assert from 'node:assert/strict';
import { scopeVariable } from '../../../src/leaks/scopeVariable';
import { drawHeap } from '../../support/graphText';

const { graph, node } = drawHeap(`
root
  [1] -> function
  [2] -> block
  [3] -> other
function "system / Context"
  orders:context -> a
block "system / Context"
  scope_info:internal -> info
  previous:internal -> function
  {0} -> a
  {1} -> a
  {2} -> a
info :code "system / ScopeInfo"
  {0} -> first
  {1} -> second
  {2} -> function
first :string "first"
second :string "second"
other "Object"
  scope_info:internal -> info
  {0} -> a
  orders -> a
a
`);

/** Names of the edges out of the node with this label. */
function variables(label: string): (string | undefined)[] {
  const [first, end] = [graph.firstEdgeOf[node(label)], graph.firstEdgeOf[node(label) + 1]];
  return Array.from({ length: end - first }, (_, i) =>
    scopeVariable(graph, node(label), first + i),
  );
}

describe('scopeVariable', () => {
  it('is what V8 calls it for the variables of a function', () => {
    assert.deepEqual(variables('function'), ['orders']);
  });

  it('comes from the ScopeInfo for the variables of a block, as far as it has a name', () => {
    const none = undefined;
    assert.deepEqual(variables('block'), [none, none, 'first', 'second', none]);
  });

  it('does not exist for other edges and objects', () => {
    assert.deepEqual(variables('other'), [undefined, undefined, undefined]);
  });
});
