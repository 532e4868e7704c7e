import assert from 'node:assert/strict';
import { NodeKinds } from '../../../src/leaks/nodeKinds';
import { drawHeap } from '../../support/graphText';

const { graph, node } = drawHeap(`
root
array :array "(object elements)"
system :hidden "system / PropertyArray"
code :code "main"
shape :"object shape" "system / Map"
text :string "a"
joined :"concatenated string" "ab"
cut :"sliced string" "b"
number :number "heap number"
big :bigint "7"
symbol :symbol "kState"
regexp :regexp "x+"
plain "Object"
buffer "Buffer"
bytes "Uint8Array"
clamped "Uint8ClampedArray"
bigs "BigInt64Array"
memory "SharedArrayBuffer"
array2 "Array"
bytesClass :closure "Uint8Array"
f :closure "onData"
suspended "Generator"
scope "system / Context"
realm "global"
page "global / https://example.org/"
globe "globalCache"
word :string "global"
data :native "system / JSArrayBufferData"
`);
const kinds = new NodeKinds(graph);
const labels = [
  ...['root', 'array', 'system', 'code', 'shape', 'text', 'joined', 'cut', 'number', 'big'],
  ...['symbol', 'regexp', 'plain', 'buffer', 'bytes', 'clamped', 'bigs', 'memory', 'array2'],
  ...['bytesClass', 'f', 'suspended', 'scope', 'realm', 'page', 'globe', 'word', 'data'],
];
const those = (is: (node: number) => boolean) => labels.filter((label) => is(node(label)));

describe('NodeKinds', () => {
  it("knows V8's own nodes, which no developer made", () => {
    assert.deepEqual(
      those((node) => kinds.isStorage(node)),
      ['root', 'array', 'system', 'code', 'shape'],
    );
  });

  it('knows plain values, and which of them are text', () => {
    const texts = ['text', 'joined', 'cut', 'word'];
    assert.deepEqual(
      those((node) => kinds.isText(node)),
      texts,
    );
    assert.deepEqual(
      those((node) => kinds.isValue(node)),
      ['text', 'joined', 'cut', 'number', 'big', 'symbol', 'regexp', 'word'],
    );
  });

  it('knows what holds bytes and no objects', () => {
    assert.deepEqual(
      those((node) => kinds.isFlat(node)),
      ['text', 'joined', 'cut', 'buffer', 'bytes', 'clamped', 'bigs', 'memory', 'word'],
    );
  });

  it('knows globalThis', () => {
    assert.deepEqual(
      those((node) => kinds.isGlobal(node)),
      ['realm', 'page'],
    );
  });

  it('knows functions, suspended calls and scopes', () => {
    assert.deepEqual(
      those((node) => kinds.isCallable(node)),
      ['bytesClass', 'f', 'suspended'],
    );
    assert.deepEqual(
      those((node) => kinds.isContext(node)),
      ['scope'],
    );
  });
});
