import assert from 'node:assert/strict';
import { LeaklineError } from '../../../../src/base/errors';
import { runPlan } from '../../../../src/extension/run/runPlan';

const settings = {
  warmup: 1,
  rounds: 3,
  extraRounds: 2,
  settleSeconds: 0.5,
  trackAllocations: false,
  hideKeys: true,
};

describe('runPlan', () => {
  it('takes what the caller says, and the settings for the rest', () => {
    assert.deepEqual(runPlan({ rounds: 5 }, settings), { ...settings, rounds: 5 });
    assert.deepEqual(runPlan({ warmup: 0, settleSeconds: 0 }, settings), {
      warmup: 0,
      rounds: 3,
      extraRounds: 2,
      settleSeconds: 0,
      trackAllocations: false,
      hideKeys: true,
    });
    const asked = { trackAllocations: true, hideKeys: false };
    assert.deepEqual(runPlan(asked, settings), { ...settings, ...asked });
  });

  for (const args of [
    { rounds: 0 },
    { rounds: 1.5 },
    { extraRounds: -1 },
    { warmup: -1 },
    { settleSeconds: NaN },
  ]) {
    it(`refuses ${JSON.stringify(args)}`, () => {
      const [name] = Object.keys(args);
      assert.throws(
        () => runPlan(args, settings),
        (error) =>
          error instanceof LeaklineError && error.code === 'usage' && error.message.includes(name),
      );
    });
  }
});
