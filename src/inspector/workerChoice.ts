import { LeaklineError } from '../base/errors';
import type { WorkerIsolate } from './workers';

/**
 * The one worker that a person means.
 * @param choice its thread id or name, or, if no worker has such, a part of its name or script
 * @throws LeaklineError `targetNotFound` or `ambiguousTarget`, with the workers that there are
 */
export function chooseWorker<W extends WorkerIsolate>(workers: readonly W[], choice: string): W {
  const [first, ...others] = matchingWorkers(workers, choice);
  if (!first) throw noWorkerError(workers, choice);
  if (others.length === 0) return first;
  throw new LeaklineError(
    'ambiguousTarget',
    `"${choice}" may be any of ${others.length + 1} worker threads:\n${list([first, ...others])}\n`,
    'Choose one by its number.',
  );
}

/** The workers that `choice` may stand for. */
export function matchingWorkers<W extends WorkerIsolate>(
  workers: readonly W[],
  choice: string,
): readonly W[] {
  const exact = workers.filter(
    ({ threadId, name }) => threadId === Number(choice) || name === choice,
  );
  if (exact.length > 0 || /^\d+$/.test(choice)) return exact;
  const part = choice.toLowerCase();
  return workers.filter(({ name, url }) => `${name}\n${url}`.toLowerCase().includes(part));
}

/** The error for a choice that stands for none of `workers`. */
export function noWorkerError(workers: readonly WorkerIsolate[], choice: string): LeaklineError {
  if (workers.length === 0) {
    return new LeaklineError(
      'targetNotFound',
      'The program has no worker threads.',
      'Attach to its main thread, without choosing a worker.',
    );
  }
  return new LeaklineError(
    'targetNotFound',
    `No worker thread is "${choice}". There are:\n${list(workers)}\n`,
    'Choose one by its number, its name or a part of its script.',
  );
}

/** A worker in one line for people. */
export function describeWorker({ threadId, name, url }: WorkerIsolate): string {
  return [threadId === undefined ? 'worker' : `worker ${threadId}`, name, url]
    .filter(Boolean)
    .join('  ');
}

function list(workers: readonly WorkerIsolate[]): string {
  return workers.map((worker) => `  ${describeWorker(worker)}`).join('\n');
}
