import assert from 'node:assert/strict';
import { PassTimer } from '../../../src/analysis/passTimer';

describe('PassTimer', () => {
  it('has each pass once, in order, however often it is told of', () => {
    const timer = new PassTimer();
    for (const name of ['read', 'read', 'sum', 'sum', 'read']) timer.begin(name);
    const { passes, totalMilliseconds, peakRssBytes } = timer.end();
    assert.deepEqual(
      passes.map(({ name }) => name),
      ['read', 'sum', 'read'],
    );
    const sum = passes.reduce((total, { milliseconds }) => total + milliseconds, 0);
    assert.ok(sum <= totalMilliseconds);
    assert.ok(peakRssBytes > 0);
  });
});
