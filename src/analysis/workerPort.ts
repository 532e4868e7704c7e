import type { MessagePort, Worker } from 'node:worker_threads';
import { LeaklineError } from '../base/errors';
import { Emitter } from '../base/event';
import type { RpcPort } from '../base/rpc';

/** The owner's end of the channel to a worker. Closes when the worker ends for whatever reason. */
export function portToWorker(worker: Worker): RpcPort {
  const messages = new Emitter<unknown>();
  const closed = new Emitter<Error>();
  let failure: Error | undefined;
  worker.on('message', (message) => messages.fire(message));
  worker.on('messageerror', (error) => (failure ??= error));
  worker.on('error', (error) => (failure = error));
  worker.on('exit', (code) => closed.fire(workerEnded(code, failure)));
  return {
    post: (message) => worker.postMessage(message),
    onMessage: messages.event,
    onClose: closed.event,
  };
}

/** The worker's end. */
export function portToOwner(port: MessagePort): RpcPort {
  const messages = new Emitter<unknown>();
  const closed = new Emitter<Error>();
  port.on('message', (message) => messages.fire(message));
  port.on('close', () => closed.fire(new Error('The owner is gone.')));
  return {
    post: (message) => port.postMessage(message),
    onMessage: messages.event,
    onClose: closed.event,
  };
}

function workerEnded(exitCode: number, failure: Error | undefined): Error {
  const outOfMemory = (failure as NodeJS.ErrnoException)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (outOfMemory || failure instanceof RangeError) {
    return new LeaklineError(
      'internal',
      'The analysis ran out of memory.',
      'Compare fewer or smaller snapshots, or use the command line on a machine with more memory.',
      { cause: failure },
    );
  }
  const why = failure ? failure.message : `exit code ${exitCode}`;
  return new LeaklineError('internal', `The analysis ended unexpectedly (${why}).`, undefined, {
    cause: failure,
  });
}
