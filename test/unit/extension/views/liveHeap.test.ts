import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/event';
import type { Attachment } from '../../../../src/extension/run/connection';
import { LiveHeap } from '../../../../src/extension/views/liveHeap';

describe('LiveHeap', () => {
  const changed = new Emitter<void>();
  const connection = {
    current: undefined as Attachment | undefined,
    onDidChange: changed.event,
  };
  /** Attaches to a program whose heap has this size. */
  const attach = (bytes: () => Promise<number>) => {
    connection.current = { session: { usedHeapBytes: bytes } } as unknown as Attachment;
    changed.fire();
  };
  const next = (heap: LiveHeap) =>
    new Promise<void>((resolve) => {
      const subscription = heap.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });

  it('reads the heap of what is attached, and forgets that of what was', async () => {
    const heap = new LiveHeap({ connection, mayLook: () => true });
    try {
      const first = next(heap);
      attach(() => Promise.resolve(10));
      await first;
      assert.deepEqual(heap.readings, [10]);
      const second = next(heap);
      attach(() => Promise.resolve(20));
      await second;
      assert.deepEqual(heap.readings, [20]);
      connection.current = undefined;
      changed.fire();
      assert.deepEqual(heap.readings, []);
    } finally {
      heap.dispose();
    }
  });

  it('drops the answer of a program that was detached meanwhile', async () => {
    const heap = new LiveHeap({ connection, mayLook: () => true });
    try {
      let answer = (_: number) => {};
      attach(() => new Promise((resolve) => (answer = resolve)));
      const other = next(heap);
      attach(() => Promise.resolve(20));
      await other;
      answer(10);
      await Promise.resolve();
      assert.deepEqual(heap.readings, [20]);
    } finally {
      heap.dispose();
    }
  });

  it('asks nothing while it may not', () => {
    const heap = new LiveHeap({ connection, mayLook: () => false });
    attach(() => assert.fail('asked'));
    heap.dispose();
  });
});
