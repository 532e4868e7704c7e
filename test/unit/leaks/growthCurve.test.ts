import assert from 'node:assert/strict';
import { curveOfBirths, curveOfLevels } from '../../../src/leaks/growthCurve';

describe('growth curves', () => {
  it('add up what was born in each round; what the baseline had does not count', () => {
    const curve = curveOfBirths(Float64Array.of(7, 10, 0, 5), Float64Array.of(9, 100, 0, 50), 3);
    assert.deepEqual(curve, { counts: [0, 10, 10, 15], bytes: [0, 100, 100, 150] });
  });

  it('are flat until the round from which on a container of that round was looked at', () => {
    const curve = curveOfBirths(Float64Array.of(0, 10, 20), Float64Array.of(0, 1, 2), 4);
    assert.deepEqual(curve, { counts: [0, 0, 0, 10, 30], bytes: [0, 0, 0, 1, 3] });
  });

  it('begin at 0 where levels were measured', () => {
    const curve = curveOfLevels([30, 60, 50], 8);
    assert.deepEqual(curve, { counts: [0, 30, 20], bytes: [0, 240, 160] });
  });
});
