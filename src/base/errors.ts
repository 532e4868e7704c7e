/** What went wrong, as far as callers decide on it (exit codes, buttons). */
export type LeaklineErrorCode =
  | 'usage'
  | 'connectionRefused'
  | 'notAnInspector'
  | 'targetNotFound'
  | 'ambiguousTarget'
  | 'targetPaused'
  | 'connectionLost'
  | 'protocol'
  | 'launchFailed'
  | 'tunnelFailed'
  | 'inspectorOff'
  | 'driveFailed'
  | 'storage'
  | 'unmapped'
  | 'brokenFile'
  | 'notASnapshot'
  | 'truncatedSnapshot'
  | 'incomparableSnapshots'
  | 'outOfMemory'
  | 'tooCostly'
  | 'restrictedMode'
  | 'cancelled'
  | 'internal';

/**
 * An error meant for a person: `message` says what happened, `hint` what to do next.
 * Anything that is not a LeaklineError is a bug and is shown with its stack.
 */
export class LeaklineError extends Error {
  override readonly name = 'LeaklineError';

  constructor(
    readonly code: LeaklineErrorCode,
    message: string,
    readonly hint?: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** The text a person should see for any thrown value: message, then hint. */
export function describeError(error: unknown): string {
  if (error instanceof LeaklineError) {
    return error.hint ? `${error.message} ${error.hint}` : error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

/** True for the error that `throwIfAborted` and every cancelled operation throw. */
export function isCancellation(error: unknown): boolean {
  return error instanceof LeaklineError && error.code === 'cancelled';
}

/** The part of AbortSignal that host-free code needs. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/** @throws LeaklineError `cancelled` if the signal was aborted. */
export function throwIfAborted(signal: CancelSignal | undefined): void {
  if (signal?.aborted) throw new LeaklineError('cancelled', 'Cancelled.');
}
