import assert from 'node:assert/strict';
import { isCancellation } from '../../../../src/base/errors';
import { ManualExercise } from '../../../../src/extension/run/manualExercise';

describe('ManualExercise', () => {
  const round = { kind: 'round', index: 1, of: 3 } as const;

  it('waits until the person goes on', async () => {
    const manual = new ManualExercise();
    const titles: (string | undefined)[] = [];
    manual.onDidChange((step) => titles.push(step?.title));
    const done = manual.wait(round, new AbortController().signal);
    manual.waiting?.proceed();
    await done;
    assert.deepEqual(titles, ['Round 1 of 3', undefined]);
  });

  it('says of a round that was not planned that it is an extra one, and why', () => {
    const manual = new ManualExercise();
    const { signal } = new AbortController();
    void manual.wait({ kind: 'extra', index: 1, of: 3 }, signal);
    assert.equal(manual.waiting?.title, 'Extra round 1 of at most 3');
    assert.match(manual.waiting.reason ?? '', /in doubt what leaks/);
    void manual.wait(round, signal);
    assert.equal(manual.waiting?.reason, undefined);
  });

  it('is not moved by the message of an earlier step', async () => {
    const manual = new ManualExercise();
    const { signal } = new AbortController();
    const first = manual.wait(round, signal);
    const stale = manual.waiting!;
    stale.proceed();
    await first;

    let ended = false;
    const second = manual.wait({ ...round, index: 2 }, signal).then(() => (ended = true));
    stale.proceed();
    await Promise.resolve();
    assert.equal(ended, false);
    assert.equal(manual.waiting?.title, 'Round 2 of 3');
    manual.waiting?.proceed();
    await second;
  });

  it('ends with the run', async () => {
    const manual = new ManualExercise();
    const abort = new AbortController();
    const done = manual.wait({ kind: 'warmup', index: 1, of: 1 }, abort.signal);
    abort.abort();
    await assert.rejects(done, isCancellation);
    assert.equal(manual.waiting, undefined);
  });

  it('does not start in a run that has ended', async () => {
    const manual = new ManualExercise();
    await assert.rejects(manual.wait(round, AbortSignal.abort()), isCancellation);
    assert.equal(manual.waiting, undefined);
  });
});
