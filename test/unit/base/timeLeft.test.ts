import assert from 'node:assert/strict';
import { TimeLeft, timeLeftText } from '../../../src/base/timeLeft';

describe('TimeLeft', () => {
  it('tells nothing from too little', () => {
    const left = new TimeLeft();
    assert.equal(left.update(0, 0), undefined);
    assert.equal(left.update(0.5, 100), undefined, 'too soon');
    assert.equal(new TimeLeft().update(0.5, 60_000), undefined, 'only one reading');
    const slow = new TimeLeft();
    slow.update(0, 0);
    assert.equal(slow.update(0.001, 60_000), undefined, 'too small a part');
  });

  it('expects a steady speed to last', () => {
    const left = new TimeLeft();
    for (let second = 0; second < 4; second++) left.update(second / 10, second * 1000);
    const estimate = left.update(0.4, 4000)!;
    assert.ok(Math.abs(estimate - 6000) < 1, String(estimate));
  });

  it('expects more when the work slows down, and forgets how fast it was', () => {
    const left = new TimeLeft();
    left.update(0, 0);
    const before = left.update(0.4, 4000)!;
    let after = 0;
    for (let step = 1; step <= 20; step++)
      after = left.update(0.4 + step / 100, 4000 + step * 1000)!;
    assert.ok(after > before);
    assert.ok(Math.abs(after - 40_000) < 8_000, String(after));
  });

  it('is not upset by readings that come at once', () => {
    const left = new TimeLeft();
    left.update(0, 0);
    left.update(0.5, 5000);
    assert.ok(Number.isFinite(left.update(0.6, 5000)));
  });

  it('starts again when the work does', () => {
    const left = new TimeLeft();
    left.update(0, 0);
    assert.notEqual(left.update(0.5, 5000), undefined);
    assert.equal(left.update(0.1, 6000), undefined);
  });
});

describe('timeLeftText', () => {
  it('is as exact as an estimate may be', () => {
    const texts = [1, 12, 54, 57, 200, 7200].map((seconds) => timeLeftText(seconds * 1000));
    assert.deepEqual(texts, [
      'a few seconds left',
      'about 10 s left',
      'about 55 s left',
      'about 1 min left',
      'about 3 min left',
      'about 2 h left',
    ]);
  });
});
