import assert from 'node:assert/strict';
import {
  describeError,
  isCancellation,
  LeaklineError,
  throwIfAborted,
} from '../../../src/base/errors';

describe('describeError', () => {
  it('says what happened, then what to do', () => {
    const error = new LeaklineError('connectionRefused', 'Nobody listens.', 'Start it.');
    assert.equal(describeError(error), 'Nobody listens. Start it.');
    assert.equal(describeError(new LeaklineError('protocol', 'Odd answer.')), 'Odd answer.');
  });

  it('takes anything that was thrown', () => {
    assert.equal(describeError(new TypeError('no function')), 'no function');
    assert.equal(describeError('text'), 'text');
    assert.equal(describeError(undefined), 'undefined');
  });
});

describe('cancellation', () => {
  it('is told from other errors', () => {
    assert.throws(() => throwIfAborted({ aborted: true }), isCancellation);
    assert.doesNotThrow(() => throwIfAborted({ aborted: false }));
    assert.doesNotThrow(() => throwIfAborted(undefined));
    assert.equal(isCancellation(new LeaklineError('internal', 'x')), false);
    assert.equal(isCancellation(new Error('cancelled')), false);
  });
});
