import assert from 'node:assert/strict';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { AccumulationFinder } from '../../../src/leaks/accumulation';
import { NodeKinds } from '../../../src/leaks/nodeKinds';
import { buildPathTree } from '../../../src/leaks/pathTree';
import { drawHeap } from '../../support/graphText';
import { bornIn, repeat } from '../../support/roundsText';

/** Accumulations after three rounds; a label ends with the round that its object was born in. */
function accumulations(drawing: string) {
  const { graph, labels } = drawHeap(drawing);
  const { selfSizes } = analyzeGraph(graph);
  const births = Uint16Array.from(labels(selfSizes.keys()), bornIn);
  const kinds = new NodeKinds(graph);
  const finder = new AccumulationFinder(graph, selfSizes, buildPathTree(graph), kinds);
  return finder.find(births, 3).list.map(({ owners, place, units, bytes }) => ({
    owners: labels(owners),
    place,
    units: units.map(({ owner, examples, counts }) => ({
      example: labels(examples)[0],
      owner: labels([owner])[0],
      counts: [...counts.subarray(1)],
    })),
    bytes: [...bytes.subarray(1)],
  }));
}

describe('AccumulationFinder', () => {
  describe('of a Map', () => {
    const sessions = (table: string) =>
      accumulations(`
root
  global:shortcut -> map
map "Map" 32
  table:internal -> ${table}
${table} :array 500
  1:internal -> oldKey
  2:internal -> old
  4:internal -> k1+1
  5:internal -> s1+1
  7:internal -> k2+2
  8:internal -> s2+2
  10:internal -> k3+3
  11:internal -> s3+3
  14:internal -> s4+3
oldKey :string 24
old "Session" 100
k1+1 :string 24
k2+2 :string 24
k3+3 :string 24
s1+1 "Session" 100
  user -> user+1
  token -> token+1
user+1 "User" 50
token+1 :string 40
s2+2 "Session" 100
s3+3 "Session" 100
s4+3 "Session" 100
`);
    // The table is the Map's own storage, so its 500 bytes are not new; user and token are a part of s1.
    const expected = [
      {
        owners: ['map'],
        place: 'entry',
        units: [
          { example: 'k1+1', owner: 'map', counts: [1, 1, 1] },
          { example: 's1+1', owner: 'map', counts: [1, 1, 2] },
        ],
        bytes: [24 + 100 + 50 + 40, 24 + 100, 24 + 200],
      },
    ];

    it('counts what was put in, each with all that hangs on it', () => {
      assert.deepEqual(sessions('table'), expected);
    });

    it('counts the same after the table was reallocated', () => {
      assert.deepEqual(sessions('table+3'), expected);
    });
  });

  it('counts the objects of an array', () => {
    const found = accumulations(`
root
  global:shortcut -> list
list "Array" 16
  [0] -> old
  [1] -> a+1
  [2] -> b+2
  [3] -> c+3
  elements:internal -> elements+3
elements+3 :array 400
  0:internal -> old
  1:internal -> a+1
  2:internal -> b+2
  3:internal -> c+3
old "Item" 10
a+1 "Item" 10
b+2 "Item" 20
c+3 "Item" 30
`);
    assert.deepEqual(found, [
      {
        owners: ['list'],
        place: 'entry',
        units: [{ example: 'a+1', owner: 'list', counts: [1, 1, 1] }],
        bytes: [10, 20, 30],
      },
    ]);
  });

  it('counts the keys of an object with many, which its storage holds, with their values', () => {
    const three = [1, 2, 3];
    const found = accumulations(`
root
  global:shortcut -> byId
byId "Object"
${repeat(40, (i) => `  constant${i} -> old\n`)}
${three.map((k) => `  id${k} -> value+${k}`).join('\n')}
  properties:internal -> properties+3
properties+3 :array
${three.map((k) => `  ${3 * k}:internal -> key+${k}\n  ${3 * k + 1}:internal -> value+${k}`).join('\n')}
old "Object"
${three.map((k) => `value+${k} "Object" 10\nkey+${k} :string "id${k}" 1`).join('\n')}
`);
    assert.deepEqual(found, [
      {
        owners: ['byId'],
        place: 'entry',
        units: [
          { example: 'value+1', owner: 'byId', counts: [1, 1, 1] },
          { example: 'key+1', owner: 'byId', counts: [1, 1, 1] },
        ],
        bytes: [11, 11, 11],
      },
    ]);
  });

  it('groups containers of the same structure, and shows the one that has most', () => {
    const found = accumulations(`
root
  global:shortcut -> users
users "Map"
  table:internal -> table
table :array
  2:internal -> ann
  5:internal -> bob
ann "User"
  carts -> cartsOfAnn
bob "User"
  carts -> cartsOfBob
cartsOfAnn "Array"
  [0] -> a1+1
cartsOfBob "Array"
  [0] -> b1+1
  [1] -> b2+2
  [2] -> b3+3
a1+1 "Cart" 10
b1+1 "Cart" 10
b2+2 "Cart" 10
b3+3 "Cart" 10
`);
    assert.deepEqual(found, [
      {
        owners: ['cartsOfAnn', 'cartsOfBob'],
        place: 'entry',
        // a1 is met before b1, but it is not on the way to Bob's carts.
        units: [{ example: 'b1+1', owner: 'cartsOfBob', counts: [2, 1, 1] }],
        bytes: [20, 10, 10],
      },
    ]);
  });

  it('tells the classes in one container apart, but not functions by their names', () => {
    const found = accumulations(`
root
  global:shortcut -> list
list "Array"
  [0] -> a+1
  [1] -> f+2
  [2] -> g+3
  [3] -> b+2
  [4] -> c+3
a+1 "Request"
f+2 :closure "onData"
g+3 :closure "onEnd"
b+2 "Reply"
c+3 "Request"
`);
    assert.deepEqual(found[0].units, [
      { example: 'a+1', owner: 'list', counts: [1, 0, 1] },
      { example: 'f+2', owner: 'list', counts: [0, 1, 1] },
      { example: 'b+2', owner: 'list', counts: [0, 1, 0] },
    ]);
  });

  it('keeps variables and fields apart, which hold one object each', () => {
    const found = accumulations(`
root
  global:shortcut -> scope
scope "system / Context"
  current:context -> current+3
  store:context -> store
store "Store"
  last -> last+3
current+3 "Request" 10
  body -> body+2
body+2 "Body" 5
last+3 "Request" 10
`);
    assert.deepEqual(
      found.map(({ owners, place, bytes }) => ({ owners, place, bytes })),
      [
        { owners: ['scope'], place: 'field', bytes: [0, 5, 10] },
        { owners: ['store'], place: 'field', bytes: [0, 0, 10] },
      ],
    );
  });

  it('charges new objects below an old one to that, wherever the old one hangs', () => {
    const found = accumulations(`
root
  global:shortcut -> list
list "Array"
  [0] -> fresh+1
fresh+1 "Fresh" 1
  moved -> moved
moved "Moved" 2
  added -> added+2
added+2 "Added" 4
`);
    assert.deepEqual(
      found.map(({ owners, bytes }) => ({ owners, bytes })),
      [
        { owners: ['list'], bytes: [1, 0, 0] },
        { owners: ['moved'], bytes: [0, 4, 0] },
      ],
    );
  });

  it('finds nothing among old and unreachable objects', () => {
    const found = accumulations(`
root
  global:shortcut -> list
list "Array"
  [0] -> old
  ref:weak -> garbage+2
old "Item"
garbage+2 "Item"
  next -> more+2
more+2 "Item"
`);
    assert.deepEqual(found, []);
  });

  describe('of a linked list', () => {
    /** Elements that follow each other, two born in each round, each with a value of 8 bytes. */
    const list = (holder: string, order: readonly string[]) =>
      accumulations(`
root
  global:shortcut -> holder
${holder}
${order
  .map(
    (label, i) => `${label} "Node" 16
  value -> v${label}${i + 1 < order.length ? `\n  next -> ${order[i + 1]}` : ''}
v${label} "Value" 8
`,
  )
  .join('')}`);
    const SCOPE = 'holder "system / Context"\n  head:context -> ';
    const counted = { place: 'list', bytes: [48, 48, 48] };
    const old = ['o1', 'o2', 'o3'];
    const born = ['a+1', 'b+1', 'c+2', 'd+2', 'e+3', 'f+3'];

    it('that grows at its tail, counts all elements for the holder of the list', () => {
      assert.deepEqual(list(`${SCOPE}o1`, [...old, ...born]), [
        {
          ...{ owners: ['holder'], ...counted },
          units: [{ example: 'a+1', owner: 'holder', counts: [2, 2, 2] }],
        },
      ]);
    });

    it('that grows at its head, does as well', () => {
      assert.deepEqual(list(`${SCOPE}f+3`, [...born.toReversed(), ...old]), [
        {
          ...{ owners: ['holder'], ...counted },
          units: [{ example: 'f+3', owner: 'holder', counts: [2, 2, 2] }],
        },
      ]);
    });

    it('in a Map, names the Map and not its table', () => {
      const map = 'holder "Map"\n  table:internal -> table\ntable :array\n  5:internal -> o1';
      assert.deepEqual(
        list(map, [...old, ...born]).map(({ owners }) => owners),
        [['holder']],
      );
    });

    it('is not seen in entries that refer to themselves, to prototypes, or over V8 links', () => {
      const found = accumulations(`
root
  global:shortcut -> items
items "Array"
  [0] -> a+1
  [1] -> b+2
  [2] -> c+3
a+1 "Item"
  self -> a+1
b+2 "Item"
  __proto__ -> p
c+3 "Item"
  link:internal -> p
p "Item"
  __proto__ -> base
  link:internal -> base
base "Item"
`);
      assert.deepEqual(
        found.map(({ place, units }) => ({ place, counts: units[0].counts })),
        [{ place: 'entry', counts: [1, 1, 1] }],
      );
    });

    it('is not seen in entries that refer to a large object of their own class', () => {
      const found = accumulations(`
root
  global:shortcut -> registry
registry "Object"
  root -> registry
${repeat(41, (i) => `  id${i} -> e${i}+1\n`)}${repeat(41, (i) => `e${i}+1 "Object" 10\n  root -> registry\n`)}`);
      assert.deepEqual(found, [
        {
          owners: ['registry'],
          place: 'entry',
          units: [{ example: 'e0+1', owner: 'registry', counts: [41, 0, 0] }],
          bytes: [410, 0, 0],
        },
      ]);
    });
  });
});
