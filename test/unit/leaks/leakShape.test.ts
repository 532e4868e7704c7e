import assert from 'node:assert/strict';
import { isListenerEdge, leakShape } from '../../../src/leaks/leakShape';
import { NodeKinds } from '../../../src/leaks/nodeKinds';
import { buildPathTree } from '../../../src/leaks/pathTree';
import { retainingChain } from '../../../src/leaks/retainingChain';
import { drawHeap } from '../../support/graphText';

/** The shape where `unit` piles up in `owner`; the drawing is what the global object holds. */
function shape(drawing: string, isList = false): string {
  const { graph, node } = drawHeap(`
root
  global:shortcut -> global
global
  holder -> holder
${drawing}`);
  const chain = retainingChain(graph, buildPathTree(graph), new NodeKinds(graph), node('unit'));
  return leakShape(graph, new NodeKinds(graph), chain, node('owner'), isList);
}

/** What the shape is of a container of this class with sessions in it. */
const inContainer = (className: string) =>
  shape(`
holder "Store"
  items -> owner
owner "${className}"
  table:internal -> table
table :array
  5:internal -> unit
unit "Session"
`);

/** What the shape is of a variable that holds this. */
const inVariable = (unit: string) =>
  shape(`
holder :closure
  context:internal -> owner
owner "system / Context"
  variable:context -> unit
unit ${unit}
`);

describe('leakShape', () => {
  it('is that of the container', () => {
    const classes = ['Map', 'WeakMap', 'Set', 'WeakSet', 'Array', 'Promise', 'Store'];
    assert.deepEqual(classes.map(inContainer), [
      ...['map', 'map', 'set', 'set', 'array', 'promise', 'object'],
    ]);
  });

  it('is that of what piles up, where no container holds it', () => {
    assert.equal(inVariable(':string "text"'), 'string');
    assert.equal(inVariable('"Buffer"'), 'buffer');
    assert.equal(inVariable(':string "Timeout"'), 'string');
    assert.equal(inVariable(':closure "onData"'), 'closure');
    assert.equal(inVariable(':closure "Uint8Array"'), 'closure');
    assert.equal(inVariable('"Promise"'), 'promise');
    assert.equal(inVariable('"Session"'), 'object');
  });

  it('is nothing special where V8 or native code holds it', () => {
    const inNative = `
holder "Socket"
  handle:internal -> owner
owner :native "Map"
  data:internal -> unit
unit "Session"
`;
    assert.equal(shape(inNative), 'other');
  });

  it('is listener for what the table of an emitter or event target holds', () => {
    const single = `
holder "EventEmitter"
  _events -> owner
owner "Object"
  data -> unit
unit :closure
`;
    const many = single
      .replace('data -> unit', 'data -> owner\nowner "Array"\n  [3] -> unit')
      .replace('_events -> owner\nowner', '_events -> events\nevents');
    const eventTarget = `
holder "AbortSignal"
  "<symbol kEvents>" -> events
events "Map"
  table:internal -> table
table :array
  5:internal -> abort
abort "Object"
  next -> owner
owner "Listener"
  next -> unit
unit "Listener"
`;
    assert.deepEqual(
      [single, many, eventTarget].map((drawing) => shape(drawing)),
      Array(3).fill('listener'),
    );
  });

  it('is not listener for what a listener itself keeps', () => {
    const drawing = `
holder "EventEmitter"
  _events -> events
events "Object"
  data -> handler
handler :closure
  context:internal -> scope
scope "system / Context"
  seen:context -> owner
owner "Map"
  table:internal -> table
table :array
  5:internal -> unit
unit "Session"
`;
    assert.equal(shape(drawing), 'map');
  });

  it('is not listener where the table is far above', () => {
    const drawing = `
holder "EventEmitter"
  _events -> a
a
  b -> b
b
  c -> c
c
  d -> d
d
  e -> e
e
  list -> owner
owner "Array"
  [0] -> unit
unit "Session"
`;
    assert.equal(shape(drawing), 'array');
    assert.equal(shape(drawing.replace('_events -> a', '_events -> c')), 'listener');
  });

  it('is listener for a list of listeners, not for a list that one of them keeps', () => {
    const target = `
holder "EventTarget"
  "<symbol kEvents>" -> owner
owner "Map"
  table:internal -> table
table :array
  1:internal -> root
root "Object"
  next -> first
`;
    assert.equal(
      shape(`${target}first "Listener"\n  next -> unit\nunit "Listener"`, true),
      'listener',
    );
    const kept = `${target}first "Listener"
  callback -> onEvent
onEvent :closure
  context:internal -> scope
scope "system / Context"
  last:context -> span
span "Span"
  parent -> unit
unit "Span"
`;
    assert.equal(shape(kept, true), 'map');
    assert.equal(shape(kept), 'listener');
  });

  it('is promise for a chain of them in whatever container', () => {
    const drawing = `
holder "Store"
  items -> owner
owner "Array"
  [0] -> first
first "Promise"
  reactions_or_result:internal -> unit
unit "Promise"
`;
    assert.deepEqual([shape(drawing), shape(drawing, true)], ['array', 'promise']);
  });

  it('is timer for pending timers, whoever holds them', () => {
    const list = `
holder "Object"
  5000 -> owner
owner "TimersList"
  _idleNext -> unit
unit "Timeout"
`;
    const set =
      'holder "Store"\n  timers -> owner\nowner "Set"\n  5:internal -> unit\nunit "Immediate"';
    assert.equal(shape(list), 'timer');
    assert.equal(shape(set), 'timer');
  });

  it('is not timer for what the callback of a timer keeps', () => {
    const drawing = `
holder "TimersList"
  _idleNext -> timeout
timeout "Timeout"
  _onTimeout -> callback
callback :closure
  context:internal -> scope
scope "system / Context"
  seen:context -> owner
owner "Map"
  table:internal -> table
table :array
  5:internal -> unit
unit "Session"
`;
    assert.equal(shape(drawing), 'map');
  });
});

describe('isListenerEdge', () => {
  it('knows the tables of EventEmitter and EventTarget', () => {
    const names = [
      '_events',
      '<symbol kEvents>',
      '<symbol nodejs.internal.kEvents>',
      'events',
      'kEvents',
    ];
    assert.deepEqual(names.map(isListenerEdge), [true, true, true, false, false]);
  });
});
