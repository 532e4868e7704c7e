import assert from 'node:assert/strict';
import { loadHeapSnapshot } from '../../../src/heap/heapSnapshot';
import { chunksOf } from '../../support/heap/chunks';
import { drawHeap } from '../../support/graphText';

const megabyte = 1 << 20;

/** Loads what JSON.stringify makes of the parts of a drawn snapshot, with other strings in it. */
async function loadWithStrings(drawing: string, texts: Record<string, Buffer>) {
  const { text } = drawHeap(drawing);
  const pieces = text.split(/"@(\w+)"/);
  const bytes = pieces.map((piece, i) => (i % 2 ? texts[piece] : Buffer.from(piece)));
  return loadHeapSnapshot(chunksOf(Buffer.concat(bytes), megabyte));
}

describe('A snapshot with extreme values', function () {
  this.timeout(120_000);

  it('may have strings of 100 MB', async () => {
    const plain = Buffer.concat([
      Buffer.from('"'),
      Buffer.alloc(100 * megabyte, 'x'),
      Buffer.from('"'),
    ]);
    const escaped = Buffer.from(`"${'\\u2248'.repeat(megabyte)}\\n"`);
    const { graph } = await loadWithStrings(
      `
root
  plain -> plain
  escaped -> escaped
  after -> after
plain :string "@plain" 104857600
escaped :string "@escaped" 2
after :string "after"
`,
      { plain, escaped },
    );
    assert.equal(graph.nodeName(1), 'x'.repeat(100 * megabyte));
    assert.equal(graph.nodeName(2), `${'≈'.repeat(megabyte)}\n`);
    assert.equal(graph.nodeName(3), 'after');
  });

  it('may say the same string twice', async () => {
    const { graph, selfSizes, retainedSizes } = await loadWithStrings(
      `
root
  global:shortcut -> a
  b -> b
a 8 "@first"
  data:internal -> data
b 16 "@second"
data :array 32 "array"
`,
      { first: Buffer.from('"Twin"'), second: Buffer.from('"Tw\\u0069n"') },
    );
    assert.deepEqual([graph.nodeName(1), graph.nodeName(2)], ['Twin', 'Twin']);
    assert.notEqual(graph.nodeNameOf[1], graph.nodeNameOf[2]);
    assert.deepEqual([...selfSizes], [0, 40, 16, 0]);
    assert.equal(retainedSizes[0], 56);
  });

  it('may have ids beyond 2^31 and 2^32, and sizes and sums beyond 4 GiB', async () => {
    const table = 2 ** 33 + 1;
    const { bytes, node } = drawHeap(
      `
root
  global:shortcut -> global
global 5000000000 @2147483649
  map -> map
  key -> key
map 6000000000 @4294967297
  table:internal -> table
table :array 7000000000 @${table}
  "3 / part of key (K @8589934595) -> value (V @8589934597) pair in WeakMap (table @${table})":internal -> value
key 1 "K" @8589934595
  "1 / part of key (K @8589934595) -> value (V @8589934597) pair in WeakMap (table @${table})":internal -> value
value 9007199254000 "V" @8589934597
`,
      { extraNativeBytes: 2 ** 40 },
    );
    const snapshot = await loadHeapSnapshot(chunksOf(bytes, 100));
    const { graph } = snapshot;
    assert.deepEqual(
      [...graph.nodeIdOf],
      [1, 2147483649, 4294967297, table, 8589934595, 8589934597],
    );
    assert.equal(graph.selfSizeOf[node('table')], 7000000000);
    assert.equal(snapshot.selfSizes[node('map')], 13_000_000_000);
    assert.equal(snapshot.retainedSizes[node('map')], 13_000_000_000);
    // The key alone keeps the value: the table is found by its id, all 34 bits of it.
    assert.equal(snapshot.dominatorOf[node('value')], node('key'));
    assert.equal(snapshot.retainedSizes[node('key')], 9007199254001);
    assert.equal(snapshot.retainedSizes[0], 9007199254000 + 1 + 18_000_000_000);
    assert.equal(snapshot.totalBytes, 2 ** 40 + 9007199254000 + 1 + 18_000_000_000);
  });
});
