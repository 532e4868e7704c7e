import { LeaklineError } from '../base/errors';

export interface Deadline {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** Makes the error of a missed `timeoutMs`. */
  readonly timedOut?: () => LeaklineError;
}

/**
 * Settles as `work` does, but no later than the signal's abort or the end of the time. `work` itself
 * is not stopped: whoever started it cleans up, and its late rejection is nobody's unhandled one.
 * @throws LeaklineError `cancelled` on abort, or what `timedOut` makes.
 */
export async function withDeadline<T>(work: Promise<T>, deadline: Deadline): Promise<T> {
  const { signal, timeoutMs, timedOut } = deadline;
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const cut = new Promise<never>((_, reject) => {
    onAbort = () => reject(new LeaklineError('cancelled', 'Cancelled.'));
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    if (timeoutMs !== undefined && timedOut)
      timer = setTimeout(() => reject(timedOut()), timeoutMs);
  });
  try {
    return await Promise.race([work, cut]);
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}
