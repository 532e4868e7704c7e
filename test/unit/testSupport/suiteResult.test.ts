import assert from 'node:assert/strict';
import { describeSuite, judgeSuite, type ProcessEnd } from '../../support/testRun/suiteResult';

const goodEnd: ProcessEnd = { code: 0, signal: null };

describe('judgeSuite', () => {
  it('takes the counts of a suite that ended well', () => {
    const result = judgeSuite({ passed: 3, failed: 0, pending: 0 }, goodEnd);
    assert.deepEqual(result, { passed: 3, failed: 0 });
  });

  it('takes the counts of failed tests once, not again for the exit code they cause', () => {
    const end: ProcessEnd = { code: 2, signal: null };
    assert.deepEqual(judgeSuite({ passed: 3, failed: 2, pending: 0 }, end), {
      passed: 3,
      failed: 2,
    });
  });

  it('fails a suite that ran no tests', () => {
    const result = judgeSuite({ passed: 0, failed: 0, pending: 0 }, goodEnd);
    assert.deepEqual(result, { passed: 0, failed: 1, problem: 'ran no tests' });
  });

  it('counts a skipped test as failed', () => {
    const result = judgeSuite({ passed: 3, failed: 1, pending: 2 }, goodEnd);
    assert.deepEqual([result.passed, result.failed], [3, 3]);
  });

  it('fails a suite whose process left no counts, whatever its exit code', () => {
    assert.equal(judgeSuite(undefined, goodEnd).failed, 1);
    const crashed = judgeSuite(undefined, { code: null, signal: 'SIGSEGV' });
    assert.match(crashed.problem ?? '', /SIGSEGV/);
  });

  it('fails a suite whose tests passed but whose process ended badly', () => {
    const result = judgeSuite({ passed: 3, failed: 0, pending: 0 }, { code: 7, signal: null });
    assert.deepEqual([result.passed, result.failed], [3, 1]);
    assert.match(result.problem ?? '', /code 7/);
  });

  it('fails a suite that had to be stopped, even after good tests', () => {
    const end: ProcessEnd = { code: null, signal: 'SIGINT', stoppedAfter: 60 };
    const result = judgeSuite({ passed: 3, failed: 0, pending: 0 }, end);
    assert.deepEqual(result, { passed: 3, failed: 1, problem: 'stopped after 60 s' });
  });
});

describe('describeSuite', () => {
  it('names each test that failed, and each that had to be tried again', () => {
    const counts = {
      passed: 3,
      failed: 1,
      pending: 0,
      failures: ['a reader reads: not found'],
      flaky: ['a window opens: too late'],
    };
    assert.deepEqual(describeSuite('unit', { passed: 3, failed: 1 }, counts).split('\n'), [
      '✖ unit: 3 of 4 passed',
      '    ✖ a reader reads: not found',
      '    ↻ passed when tried again: a window opens: too late',
    ]);
  });

  it('says what else went wrong, where there are no counts', () => {
    const result = { passed: 0, failed: 1, problem: 'ran no tests' };
    assert.equal(describeSuite('unit', result), '✖ unit: 0 of 1 passed (ran no tests)');
  });
});
