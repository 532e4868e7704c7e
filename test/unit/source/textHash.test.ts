import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { textHash } from '../../../src/source/textHash';

describe('textHash', () => {
  it('is the SHA-256 of the text', () => {
    const expected = createHash('sha256').update('a\nbä\n').digest('hex');
    assert.equal(textHash('a\nbä\n'), expected);
  });

  it('is the same however lines end, and with a byte order mark', () => {
    const hashes = ['a\nb', 'a\r\nb', 'a\rb', '\ufeffa\nb'].map(textHash);
    assert.equal(new Set(hashes).size, 1);
    assert.notEqual(textHash('a\n\nb'), hashes[0]);
  });
});
