import assert from 'node:assert/strict';
import { formatBytes, formatCount } from '../../../src/base/bytes';

describe('formatBytes', () => {
  const cases: [bytes: number, text: string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [-320, '-320 B'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [1_536_000, '1.5 MB'],
    [2e15, '2000 TB'],
  ];
  for (const [bytes, text] of cases) {
    it(`says ${text} for ${bytes}`, () => assert.equal(formatBytes(bytes), text));
  }
});

describe('formatCount', () => {
  it('rounds and separates thousands', () => {
    assert.equal(formatCount(1_234_567.4), '1,234,567');
    assert.equal(formatCount(-1200), '-1,200');
  });
});
