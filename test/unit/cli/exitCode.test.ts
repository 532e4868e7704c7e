import assert from 'node:assert/strict';
import { LeaklineError } from '../../../src/base/errors';
import { exitCodeOfError, exitCodeOfVerdict } from '../../../src/cli/exitCode';

describe('exit codes', () => {
  it('tell a leak from none', () => {
    assert.equal(exitCodeOfVerdict('clean'), 0);
    assert.equal(exitCodeOfVerdict('inconclusive'), 0);
    assert.equal(exitCodeOfVerdict('leak'), 1);
  });

  it('tell wrong usage from failure, and never call a failure a leak', () => {
    assert.equal(exitCodeOfError(new LeaklineError('usage', 'x')), 2);
    assert.equal(exitCodeOfError(new LeaklineError('connectionRefused', 'x')), 3);
    assert.equal(exitCodeOfError(new LeaklineError('driveFailed', 'x')), 3);
    assert.equal(exitCodeOfError(new TypeError('a bug')), 3);
    assert.equal(exitCodeOfError('thrown text'), 3);
    assert.equal(exitCodeOfError(new LeaklineError('cancelled', 'x')), 130);
  });
});
