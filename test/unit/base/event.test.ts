import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';

describe('Emitter', () => {
  it('calls listeners in order until they are disposed', () => {
    const emitter = new Emitter<number>();
    const seen: string[] = [];
    const first = emitter.event((value) => seen.push(`first ${value}`));
    emitter.event((value) => seen.push(`second ${value}`));
    emitter.fire(1);
    first.dispose();
    emitter.fire(2);
    emitter.dispose();
    emitter.fire(3);
    assert.deepEqual(seen, ['first 1', 'second 1', 'second 2']);
  });

  it('takes the same function twice and removes one of the two', () => {
    const emitter = new Emitter<void>();
    let calls = 0;
    const listener = () => calls++;
    const once = emitter.event(listener);
    emitter.event(listener);
    once.dispose();
    once.dispose();
    emitter.fire();
    assert.equal(calls, 1);
  });

  it('calls every listener before it throws the first error', () => {
    const emitter = new Emitter<void>();
    let called = false;
    emitter.event(() => {
      throw new Error('first');
    });
    emitter.event(() => {
      called = true;
      throw new Error('second');
    });
    assert.throws(() => emitter.fire(), /first/);
    assert.equal(called, true);
  });

  it('lets listeners come and go while it fires', () => {
    const emitter = new Emitter<void>();
    const seen: string[] = [];
    const own = emitter.event(() => {
      seen.push('once');
      own.dispose();
      emitter.event(() => seen.push('new'));
    });
    emitter.fire();
    emitter.fire();
    assert.deepEqual(seen, ['once', 'new']);
  });
});
