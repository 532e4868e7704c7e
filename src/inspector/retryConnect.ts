import { setTimeout as delay } from 'node:timers/promises';
import { LeaklineError, throwIfAborted, type LeaklineErrorCode } from '../base/errors';

/** What a program that is about to start, or a network that is about to heal, answers. */
const PASSING: ReadonlySet<LeaklineErrorCode> = new Set<LeaklineErrorCode>([
  'connectionRefused',
  'connectionLost',
  'notAnInspector',
  'targetNotFound',
]);
/** As long as a supervisor may take to start a program again. */
const PATIENCE_MS = 10_000;
const BETWEEN_MS = 250;

/**
 * Tries `connect` again and again while nothing is there to connect to.
 * @throws LeaklineError of the last try once `patienceMs` are over, of the first one that waiting
 * does not help, or `cancelled`
 */
export async function retryConnect<T>(
  connect: () => Promise<T>,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      throwIfAborted(signal);
      const passes = error instanceof LeaklineError && PASSING.has(error.code);
      if (!passes || performance.now() > until) throw error;
    }
    await delay(BETWEEN_MS, undefined, { signal }).catch(() => throwIfAborted(signal));
  }
}
