import assert from 'node:assert/strict';
import { StringTable } from '../../../src/heap/stringTable';

/** A table of string literals as they stand in a file, without their quotes. */
function tableOf(...literals: (string | Uint8Array)[]): StringTable {
  const parts = literals.map((literal) =>
    typeof literal === 'string' ? new TextEncoder().encode(literal) : literal,
  );
  const firstByteOf = new Uint32Array(parts.length + 1);
  parts.forEach((part, index) => (firstByteOf[index + 1] = firstByteOf[index] + part.length));
  return new StringTable({ bytes: new Uint8Array(Buffer.concat(parts)), firstByteOf });
}

describe('StringTable', () => {
  it('reads every escape as JSON.parse does', () => {
    const literals = [
      '',
      'plain',
      String.raw`\"\\\/\b\f\n\r\t`,
      String.raw`a\u00e4\u20AC\u0000z`,
      String.raw`\ud83d\ude00 pair`,
      String.raw`lone \ud83d, \ude00`,
      'ä€😀 raw',
      String.raw`ends in a backslash \\`,
    ];
    const table = tableOf(...literals);
    assert.equal(table.length, literals.length);
    literals.forEach((literal, index) =>
      assert.equal(table.get(index), JSON.parse(`"${literal}"`), literal),
    );
  });

  it('replaces malformed UTF-8 and broken escapes', () => {
    const table = tableOf(
      Uint8Array.of(0x61, 0xff, 0x62),
      Uint8Array.of(0xc0, 0xaf),
      Uint8Array.of(0xed, 0xa0, 0x80),
      Uint8Array.of(0xe2, 0x82),
      String.raw`\u12`,
      String.raw`\u12g4`,
      '\\',
    );
    assert.equal(table.get(0), 'a\ufffdb');
    assert.equal(table.get(1), '\ufffd\ufffd');
    assert.equal(table.get(2), '\ufffd\ufffd\ufffd');
    assert.equal(table.get(3), '\ufffd\ufffd');
    assert.equal(table.get(4), '\ufffd');
    assert.equal(table.get(5), '\ufffdg4');
    assert.equal(table.get(6), '\ufffd');
  });

  it('reads a string of several megabytes, plain or not', () => {
    const long = 'x'.repeat(3_000_000);
    const table = tableOf(long, `é${long}`);
    assert.equal(table.get(0), long);
    assert.equal(table.get(1), `é${long}`);
  });

  it('finds a text, and not one of which it is a part', () => {
    const table = tableOf('shared_info', 'share', 'shared', 'shared');
    assert.equal(table.indexOf('shared'), 2);
    assert.equal(table.indexOf('missing'), -1);
    assert.equal(table.indexOf('shared'), 2);
  });

  it('refuses an index that is out of range', () => {
    assert.throws(() => tableOf('a').get(1), RangeError);
    assert.throws(() => tableOf('a').get(-1), RangeError);
  });
});
