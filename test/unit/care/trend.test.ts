import assert from 'node:assert/strict';
import { lowPoints, slopeOf, type Reading } from '../../../src/care/trend';

function series(count: number, bytesAt: (second: number) => number): Reading[] {
  return Array.from({ length: count }, (_, seconds) => ({ seconds, bytes: bytesAt(seconds) }));
}

describe('slopeOf', () => {
  it('is exact on a line', () => {
    const slope = slopeOf(series(10, (second) => 100 + 5 * second));
    assert.deepEqual(slope, { perMinute: 300, least: 300, most: 300 });
  });

  it('is not moved by a few readings that are far off', () => {
    const slope = slopeOf(series(40, (second) => (second % 13 === 5 ? 1e9 : 1000 + second)));
    assert.equal(Math.round(slope!.perMinute), 60);
    assert(slope!.least > 0, `from ${slope!.least}`);
  });

  it('has a range around zero for what goes up and down', () => {
    const slope = slopeOf(series(30, (second) => 1000 + ((second * 7919) % 97)));
    assert(slope!.least < 0 && slope!.most > 0, JSON.stringify(slope));
  });

  it('says nothing on too few readings', () => {
    assert.equal(slopeOf(series(4, (second) => second)), undefined);
  });

  it('says nothing where no time passes', () => {
    const readings = Array.from({ length: 8 }, (_, bytes) => ({ seconds: 1, bytes }));
    assert.equal(slopeOf(readings), undefined);
  });
});

describe('lowPoints', () => {
  it('takes the lowest reading of each span', () => {
    const low = lowPoints(
      series(12, (second) => (second % 3) * 10 + second),
      4,
    );
    assert.deepEqual(
      low.map(({ seconds }) => seconds),
      [0, 3, 6, 9],
    );
  });

  it('has at most as many points as there are readings', () => {
    assert.equal(
      lowPoints(
        series(3, () => 1),
        12,
      ).length,
      3,
    );
  });
});
