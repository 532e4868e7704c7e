import assert from 'node:assert/strict';
import { position0, position1, toBase0, toBase1 } from '../../../src/base/position';

describe('positions', () => {
  it('name the same place in either base', () => {
    assert.deepEqual(toBase1(position0(0, 4)), position1(1, 5));
    assert.deepEqual(toBase0(position1(1, 5)), position0(0, 4));
  });
});
