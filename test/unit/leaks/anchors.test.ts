import assert from 'node:assert/strict';
import { position0 } from '../../../src/base/position';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { AnchorFinder } from '../../../src/leaks/anchors';
import type { CodePosition } from '../../../src/leaks/leakAnalysis';
import { NodeKinds } from '../../../src/leaks/nodeKinds';
import { buildPathTree } from '../../../src/leaks/pathTree';
import { retainingChain } from '../../../src/leaks/retainingChain';
import { drawHeap } from '../../support/graphText';
import { repeat } from '../../support/roundsText';
import { DRAWN_CODE } from './drawnCode';

/** A place in the program's script, counted from 0. */
const at = (line: number, column: number): CodePosition => ({
  scriptId: 7,
  position: position0(line, column),
});

function drawn(drawing: string) {
  const { graph, node } = drawHeap(drawing + DRAWN_CODE);
  const snapshot = analyzeGraph(graph);
  const tree = buildPathTree(graph);
  const finder = new AnchorFinder(snapshot, new NodeKinds(graph));
  return {
    finder,
    node,
    chain: (label: string) => retainingChain(graph, tree, new NodeKinds(graph), node(label)),
  };
}

/** Anchors of the node called `box`. */
function holders(drawing: string) {
  const { finder, chain } = drawn(drawing);
  return finder.holders(chain('box'));
}

describe('AnchorFinder.holders', () => {
  it('names a variable, in the function that has its scope', () => {
    const found = holders(`
root
  global:shortcut -> handler
handler :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  sessions:context -> box
box "Map"
`);
    assert.deepEqual(found, [{ kind: 'variable', name: 'sessions', within: at(4, 2) }]);
  });

  it('names a variable that only a function in an inner scope can see', () => {
    const found = holders(`
root
  global:shortcut -> scope
  inner:shortcut -> inner
scope "system / Context"
  sessions:context -> box
inner :closure (7:9:4)
  shared:internal -> shared
  context:internal -> innerScope
innerScope "system / Context"
  previous:internal -> middleScope
middleScope "system / Context"
  previous:internal -> scope
box "Map"
`);
    assert.deepEqual(found, [{ kind: 'variable', name: 'sessions', within: at(9, 4) }]);
  });

  it('names the variable of the WeakMap that ties a value to its key, then the key', () => {
    const entry = '"3 / part of key (Outbox @7) -> value (Array @9) pair in WeakMap (table @5)"';
    const found = holders(`
root
  global:shortcut -> handler
handler :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  _queue:context -> map
  outbox:context -> outbox
map "WeakMap"
  table:internal -> table
table :array
  ${entry}:internal -> box
outbox "Outbox"
  ${entry}:internal -> box
box "Array"
`);
    assert.deepEqual(found[0], { kind: 'variable', name: '_queue', within: at(4, 2) });
  });

  it('names module.exports that is itself the container', () => {
    const found = holders(`
root
  global:shortcut -> module
module "Module"
  exports -> box
  filename -> file
file :string "/shop/cache.js"
box "Map"
`);
    assert.deepEqual(found, [{ kind: 'export', name: 'exports', filename: '/shop/cache.js' }]);
  });

  it('names a field of an instance, and what holds that', () => {
    const drawing = `
root
  global:shortcut -> handler
handler :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  store:context -> store
store "Store" (7:20:6)
  items -> box
box "Map"
`;
    const store = { kind: 'variable', name: 'store', within: at(4, 2) };
    assert.deepEqual(holders(drawing), [
      { kind: 'field', name: 'items', classAt: at(20, 6) },
      store,
    ]);
    assert.deepEqual(holders(drawing.replace('items', '#items')), [
      { kind: 'field', name: '#items', classAt: at(20, 6) },
      store,
    ]);
  });

  it('names a property of a plain object, used near the function above it', () => {
    const found = holders(`
root
  global:shortcut -> handler
handler :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  state:context -> state
state "Object"
  byUser -> box
box "Map"
`);
    assert.deepEqual(found, [
      { kind: 'property', name: 'byUser', near: at(4, 2) },
      { kind: 'variable', name: 'state', within: at(4, 2) },
    ]);
  });

  it('finds the function near a property also beside the path, and on it without a scope', () => {
    const beside = holders(`
root
  1:shortcut -> scope
scope "system / Context"
  state:context -> state
state "Object"
  byUser -> box
box "Map"
handler :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
`);
    assert.deepEqual(beside[0], { kind: 'property', name: 'byUser', near: at(4, 2) });
    const above = holders(`
root
  1:shortcut -> handler
handler :closure (7:4:2)
  shared:internal -> shared
  state -> state
state "Object"
  byUser -> box
box "Map"
`);
    assert.deepEqual(above, [
      { kind: 'property', name: 'byUser', near: at(4, 2) },
      { kind: 'property', name: 'state', near: at(4, 2) },
    ]);
  });

  it('names a property of a function', () => {
    const found = holders(`
root
  global:shortcut -> handler
handler :closure (7:4:2)
  shared:internal -> shared
  cache -> box
box "Map"
`);
    assert.deepEqual(found, [{ kind: 'property', name: 'cache', near: at(4, 2) }]);
  });

  it('passes over the private symbols of Node.js', () => {
    const bySymbol = (symbol: string) =>
      holders(`
root
  global:shortcut -> global
global "global"
  "<symbol ${symbol}>" -> box
box "Map"
`);
    assert.deepEqual(bySymbol('node:per_context_binding_exports'), []);
    assert.deepEqual(bySymbol('kSessions'), [{ kind: 'global', name: '<symbol kSessions>' }]);
  });

  it('names properties of module.exports and of globalThis', () => {
    const ofModule = holders(`
root
  modules:shortcut -> module
module "Module"
  exports -> exports
  filename -> filename
filename :string "/app/store.js"
exports "Object"
  sessions -> box
box "Map"
`);
    assert.deepEqual(ofModule, [{ kind: 'export', name: 'sessions', filename: '/app/store.js' }]);
    const ofGlobal = holders(`
root
  1:shortcut -> global
global "global"
  sessions -> box
box "Map"
`);
    assert.deepEqual(ofGlobal, [{ kind: 'global', name: 'sessions' }]);
  });

  it('names a variable that an ECMAScript module exports', () => {
    const found = holders(`
root
  1:shortcut -> handler
handler :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  extension:internal -> module
module :hidden "system / SourceTextModule"
  exports:internal -> table
table :array
  3:internal -> name
  4:internal -> cell
name :string "sessions"
cell :"object shape" "system / Cell"
  value:internal -> box
box "Map"
`);
    assert.deepEqual(found, [{ kind: 'variable', name: 'sessions', within: at(4, 2) }]);
  });

  it('names a property of what an ECMAScript module exports, used near that module', () => {
    const found = holders(`
root
  1:shortcut -> importing
  2:shortcut -> handler
importing :hidden "system / SourceTextModule"
  regular_imports:internal -> imports
imports :array
  0:internal -> cell
handler :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  extension:internal -> module
module :hidden "system / SourceTextModule"
  exports:internal -> table
table :array
  3:internal -> name
  4:internal -> cell
name :string "store"
cell :"object shape" "system / Cell"
  value:internal -> store
store "Object"
  sessions -> box
box "Map"
`);
    assert.deepEqual(found[0], { kind: 'property', name: 'sessions', near: at(4, 2) });
    assert.deepEqual(found[1], { kind: 'variable', name: 'store', within: at(4, 2) });
  });

  it('passes over names inside Node.js and the tables of emitters', () => {
    const found = holders(`
root
  global:shortcut -> handler
handler :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  bus:context -> bus
bus "EventEmitter"
  _events -> box
box "Object"
`);
    assert.deepEqual(found, [{ kind: 'variable', name: 'bus', within: at(4, 2) }]);
    const inNode = holders(`
root
  1:shortcut -> processTimers
processTimers :closure (3:1:0)
  shared:internal -> nodeShared
  context:internal -> scope
scope "system / Context"
  timerListMap:context -> lists
lists "PriorityQueue" (3:9:9)
  heap -> box
box "Array"
`);
    assert.deepEqual(inNode, []);
  });

  it('names three at most, and nothing above a variable', () => {
    const found = holders(`
root
  global:shortcut -> app
app "App" (7:1:1)
  a -> a
a "A" (7:2:2)
  b -> b
b "B" (7:3:3)
  c -> c
c "C" (7:4:4)
  d -> box
box "Map"
f :closure (7:9:9)
  shared:internal -> shared
`);
    assert.deepEqual(found, [
      { kind: 'field', name: 'd', classAt: at(4, 4) },
      { kind: 'field', name: 'c', classAt: at(3, 3) },
      { kind: 'field', name: 'b', classAt: at(2, 2) },
    ]);
    const inClosure = holders(`
root
  global:shortcut -> app
app "App" (7:1:1)
  onData -> onData
onData :closure (7:4:2)
  shared:internal -> shared
  context:internal -> scope
scope "system / Context"
  seen:context -> box
box "Map"
`);
    assert.deepEqual(inClosure, [{ kind: 'variable', name: 'seen', within: at(4, 2) }]);
  });

  it('does not look for names farther up than 100 links', () => {
    const below = (links: number) =>
      holders(`
root
  1:shortcut -> global
global "global"
  app -> n0
${repeat(links, (i) => `n${i} "Object"\n  next -> ${i + 1 < links ? `n${i + 1}` : 'box'}\n`)}
box "Array"
`);
    // The link from global is one more.
    assert.deepEqual(below(99), [{ kind: 'global', name: 'app' }]);
    assert.deepEqual(below(100), []);
  });
});

describe('AnchorFinder.listLink', () => {
  const { finder, chain } = drawn(`
root
  1:shortcut -> scope
scope "system / Context"
  head:context -> a
  items:context -> items
a "Node" (7:2:6)
  next -> b
  child -> leaf
b "Node" (7:2:6)
leaf "Leaf" (7:8:6)
items "Array"
  [0] -> nested
nested "Array"
f :closure (7:0:0)
  shared:internal -> shared
`);

  it('is the field by which an element holds the next', () => {
    assert.deepEqual(finder.listLink(chain('b')), [
      { kind: 'field', name: 'next', classAt: at(2, 6) },
    ]);
  });

  it('is nothing for objects of another class and other kinds of links', () => {
    for (const label of ['root', 'a', 'leaf', 'nested']) {
      assert.deepEqual(finder.listLink(chain(label)), [], label);
    }
  });
});

describe('AnchorFinder.callbacks', () => {
  const { finder, chain } = drawn(`
root
  1:shortcut -> timeout
  2:shortcut -> promise
  3:shortcut -> awaiting
  4:shortcut -> session
  5:shortcut -> stream
  6:shortcut -> emitter
timeout "Timeout" (3:9:9)
  _onTimeout -> onTimeout
  constructor -> class
  args:weak -> unrelated
class :closure (7:99:0)
onTimeout :closure (7:4:2)
  shared:internal -> shared
promise "Promise"
  reactions_or_result:internal -> reaction
reaction :hidden "system / PromiseReaction"
  fulfill_handler:internal -> fulfilled
  reject_handler:internal -> rejected
fulfilled :closure (7:5:2)
rejected :closure (7:6:2)
awaiting "Promise"
  reactions_or_result:internal -> awaitReaction
awaitReaction :hidden
  fulfill_handler:internal -> resume
resume :closure (3:1:1)
  shared:internal -> nodeShared
  context:internal -> resumeScope
resumeScope "system / Context"
  extension:internal -> call
call "Generator" (7:7:0)
  parameters_and_registers:internal -> registers
registers :array
stream "Object"
  source -> rows
rows "rowsOf" (7:12:0)
  parameters_and_registers:internal -> registers
emitter "EventEmitter" (3:2:2)
  _events -> events
events "Object"
  data -> wrapper
  end -> other
wrapper :closure (3:3:3)
  shared:internal -> nodeShared
  context:internal -> wrapperScope
wrapperScope "system / Context"
  target:context -> emitter
other :closure (7:13:0)
unrelated :closure (7:8:0)
session "Session" (7:9:0)
  user -> user
user "User"
`);
  const callbacks = (label: string) => finder.callbacks(chain(label));

  it('is the function itself', () => {
    assert.deepEqual(callbacks('onTimeout'), [{ kind: 'callback', at: at(4, 2) }]);
  });

  it('is what a timer calls, not its class or what it keeps weakly', () => {
    assert.deepEqual(callbacks('timeout'), [{ kind: 'callback', at: at(4, 2) }]);
  });

  it('is what waits for a promise', () => {
    assert.deepEqual(callbacks('promise'), [
      { kind: 'callback', at: at(5, 2) },
      { kind: 'callback', at: at(6, 2) },
    ]);
  });

  it('is the async call that awaits, behind functions of Node.js', () => {
    assert.deepEqual(callbacks('awaiting'), [{ kind: 'suspended', at: at(7, 0) }]);
  });

  it('is the generator that waits, which V8 calls by the name of its function', () => {
    assert.deepEqual(callbacks('stream'), [{ kind: 'suspended', at: at(12, 0) }]);
  });

  it('is none of those that are held beside it', () => {
    assert.deepEqual(callbacks('wrapper'), []);
  });

  it('is nothing where no function is near', () => {
    assert.deepEqual(callbacks('session'), []);
  });
});

describe('AnchorFinder.callbacks of what is held from everywhere', () => {
  it('are those that it has for itself', () => {
    const sharers = Array.from({ length: 40 }, (_, i) => `s${i}`);
    const { finder, chain } = drawn(`
root
  1:shortcut -> wrapper
${sharers.map((label, i) => `  ${i + 2}:shortcut -> ${label}`).join('\n')}
wrapper :closure (3:3:3)
  shared:internal -> nodeShared
  context:internal -> moduleScope
moduleScope "system / Context"
  helper:context -> helper
helper :closure (7:1:1)
${sharers.map((label) => `${label} :closure (3:4:4)\n  context:internal -> moduleScope`).join('\n')}
`);
    assert.deepEqual(finder.callbacks(chain('wrapper')), []);
  });
});

describe('AnchorFinder.loads', () => {
  const { finder, chain, node } = drawn(`
root
  1:shortcut -> main
  2:shortcut -> loader
  3:shortcut -> user
  4:shortcut -> resolve
main "Module" (5:1:1)
  filename -> mainName
  children -> children
  exports -> exports
mainName :string "/app/main.js"
children "Array"
  [0] -> rules
rules "Module" (5:1:1)
  filename -> rulesName
rulesName :string "/app/rules.js"
exports "Object"
  list -> list
list "Array"
loader "ModuleLoader" (5:9:9)
  loadCache -> loadCache
  module -> wrap
loadCache "LoadCache"
wrap "ModuleWrap"
  2:internal -> namespace
namespace "Object"
user "Store" (7:2:2)
  loadCache -> own
own "LoadCache"
resolve :closure (5:3:3)
  shared:internal -> loaderShared
  context:internal -> resolveScope
resolveScope "system / Context"
  paths:context -> paths
paths "Map"
loaderShared :code
  script:internal -> loaderScript
loaderScript :code "node:internal/modules/loader"
  source:internal -> source
`);
  const loads = (label: string, unit = 'list') => finder.loads(chain(label), node(unit));

  it('name the modules in the children of another', () => {
    assert.deepEqual(loads('children', 'rules'), [
      { kind: 'load', loader: '/app/main.js', loaded: '/app/rules.js' },
    ]);
  });

  it('are behind the caches in fields and variables of a loader of Node.js', () => {
    assert.deepEqual(loads('loadCache'), [{ kind: 'load' }]);
    assert.deepEqual(loads('paths'), [{ kind: 'load' }]);
  });

  it('have no part in what a module made, nor in a cache of the program', () => {
    assert.deepEqual(loads('list'), []);
    assert.deepEqual(loads('namespace'), []);
    assert.deepEqual(loads('own'), []);
  });
});

describe('AnchorFinder.constructions', () => {
  const { finder, chain, node } = drawn(`
root
  1:shortcut -> handles
handles "Array"
  [0] -> a
  [1] -> b
  [2] -> c
a :native "TCP"
  owner -> socketA
socketA "Socket" (3:1:1)
  agent -> agentA
  server -> server
  user -> user
agentA "Agent" (3:2:2)
b :native "TCP"
  owner -> socketB
socketB "Socket" (3:1:1)
  server -> server
server "Server" (3:4:4)
user "User" (7:1:1)
c :native "TCP"
  server -> server
f :closure (3:0:0)
  shared:internal -> nodeShared
g :closure (7:0:0)
  shared:internal -> shared
`);
  const constructions = (...labels: string[]) =>
    finder.constructions(labels.map(node), chain(labels[0]));

  it('are of classes of Node.js that each leaked object has an instance of, the nearest first', () => {
    assert.deepEqual(constructions('a', 'b'), [
      { kind: 'construction', classNames: ['Socket', 'Agent'] },
    ]);
  });

  it('are not told without a second example, or where everything is shared', () => {
    assert.deepEqual(constructions('a'), []);
    assert.deepEqual(constructions('c', 'b'), []);
  });
});

describe('AnchorFinder.allocation', () => {
  const { finder, node } = drawn(`
root
  1:shortcut -> f
f :closure (7:4:2)
  shared:internal -> shared
g :closure (3:4:2)
  shared:internal -> nodeShared
session "Session" (7:9:0)
timeout "Timeout" (3:9:9)
unknown "Unknown" (11:9:9)
plain "Object"
`);

  it('is the class of an instance', () => {
    assert.deepEqual(finder.allocation(node('session')), [{ kind: 'allocation', at: at(9, 0) }]);
  });

  it('is nothing for functions, plain objects, and classes of Node.js or of unknown scripts', () => {
    for (const label of ['f', 'plain', 'timeout', 'unknown']) {
      assert.deepEqual(finder.allocation(node(label)), [], label);
    }
  });
});
