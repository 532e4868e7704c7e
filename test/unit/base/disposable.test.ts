import assert from 'node:assert/strict';
import { DisposableStore, toDisposable } from '../../../src/base/disposable';

describe('toDisposable', () => {
  it('undoes once', () => {
    let undone = 0;
    const disposable = toDisposable(() => undone++);
    disposable.dispose();
    disposable.dispose();
    assert.equal(undone, 1);
  });
});

describe('DisposableStore', () => {
  it('disposes last in, first out, once', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add({ dispose: () => order.push('first') });
    store.add({ dispose: () => order.push('second') });
    store.dispose();
    store.dispose();
    assert.deepEqual(order, ['second', 'first']);
    assert.equal(store.isDisposed, true);
  });

  it('disposes at once what comes late, even while it is disposing', () => {
    const order: string[] = [];
    const store = new DisposableStore();
    store.add({
      dispose() {
        order.push('outer');
        store.add({ dispose: () => order.push('late') });
      },
    });
    store.dispose();
    store.add({ dispose: () => order.push('after') });
    assert.deepEqual(order, ['outer', 'late', 'after']);
  });
});
