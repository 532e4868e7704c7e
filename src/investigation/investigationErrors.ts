import { LeaklineError } from '../base/errors';

/** For findings that outlived their last snapshot; any other error comes back as it is. */
export function withoutSnapshot(error: unknown, path: string): unknown {
  if (!(error instanceof LeaklineError) || error.code !== 'storage') return error;
  return new LeaklineError(
    'storage',
    `The snapshot that these findings were made from cannot be read any more: ${path}.`,
    'The findings hold without it. Find leaks again to see what keeps an object alive.',
    { cause: error },
  );
}

/** For a run whose every baseline was made useless by another client. */
export function interrupted(): LeaklineError {
  return new LeaklineError(
    'incomparableSnapshots',
    'Other debuggers kept detaching from the target, so no two snapshots could be compared.',
    'Close other debuggers and DevTools on this process, then run again.',
  );
}
