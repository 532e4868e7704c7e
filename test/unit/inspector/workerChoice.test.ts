import assert from 'node:assert/strict';
import { chooseWorker } from '../../../src/inspector/workerChoice';
import type { WorkerIsolate } from '../../../src/inspector/workers';

describe('chooseWorker', () => {
  const worker = (threadId: number | undefined, name: string, script: string): WorkerIsolate => ({
    threadId,
    name,
    url: `file:///app/${script}`,
  });
  const workers = [
    worker(1, 'resize', 'images.js'),
    worker(2, 'resize-large', 'images.js'),
    worker(12, '', 'mail.js'),
    worker(undefined, 'other', 'other.js'),
  ];
  const chosen: [string, number | undefined][] = [
    ['1', 1],
    ['12', 12],
    ['resize', 1],
    ['large', 2],
    ['mail.js', 12],
    ['MAIL', 12],
    ['other', undefined],
  ];
  for (const [choice, threadId] of chosen) {
    it(`finds ${choice}`, () => assert.equal(chooseWorker(workers, choice).threadId, threadId));
  }

  it('lists those that a part of a name or script stands for', () => {
    assert.throws(() => chooseWorker(workers, 'images'), {
      code: 'ambiguousTarget',
      message: /any of 2 worker threads:\n {2}worker 1 {2}resize {2}file:.*\n {2}worker 2 /,
    });
  });

  it('lists all when there is none such, and no number is a part of a name', () => {
    for (const choice of ['3', 'carts', 'undefined']) {
      assert.throws(() => chooseWorker(workers, choice), {
        code: 'targetNotFound',
        message: /worker 1 [^]*worker 2 [^]*worker 12 [^]*worker {2}other/,
      });
    }
  });

  it('says when there are no workers at all', () => {
    assert.throws(() => chooseWorker([], 'resize'), { message: /has no worker threads/ });
  });
});
