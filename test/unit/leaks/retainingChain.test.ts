import { NodeKinds } from '../../../src/leaks/nodeKinds';
import assert from 'node:assert/strict';
import { buildPathTree } from '../../../src/leaks/pathTree';
import { retainingChain } from '../../../src/leaks/retainingChain';
import { drawHeap } from '../../support/graphText';

const { graph, node, labels } = drawHeap(`
root
  [1] -> gcRoots
  global:shortcut -> global
gcRoots :synthetic "(GC roots)"
  [4] -> handles
handles :synthetic "(Global handles)"
  [0] -> socket
global
  users -> users
users "Map"
  table:internal -> table
table :array
  5:internal -> user
user "User"
  elements:internal -> elements
  name -> name
elements :array
  2:internal -> cart
cart "Cart"
name :string "Ada"
socket "Socket"
unreached
`);
const tree = buildPathTree(graph);

/** The chain as `holder -edge,lastEdge-> node`. */
function chain(label: string): string[] {
  return retainingChain(graph, tree, new NodeKinds(graph), node(label)).map((link) => {
    if (link.holder < 0) return labels([link.node])[0];
    const names = [...new Set([link.edge, link.lastEdge])].map((edge) => graph.edgeName(edge));
    return `${labels([link.holder])[0]} -${names.join(',')}-> ${labels([link.node])[0]}`;
  });
}

describe('retainingChain', () => {
  it("takes V8's storage between two objects into the link between them", () => {
    assert.deepEqual(chain('cart'), [
      'root',
      'root -global-> global',
      'global -users-> users',
      'users -table,5-> user',
      'user -elements,2-> cart',
    ]);
  });

  it('ends with the node asked for, even if that is storage', () => {
    assert.deepEqual(chain('elements').slice(-2), [
      'users -table,5-> user',
      'user -elements-> elements',
    ]);
  });

  it("shows V8's roots", () => {
    assert.deepEqual(chain('socket'), [
      'root',
      'root -1-> gcRoots',
      'gcRoots -4-> handles',
      'handles -0-> socket',
    ]);
  });

  it('is the root alone where nothing leads', () => {
    assert.deepEqual(chain('root'), ['root']);
    assert.deepEqual(chain('unreached'), ['root']);
  });
});
