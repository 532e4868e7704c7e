import { LeaklineError } from '../base/errors';

/**
 * The file holds something else than a snapshot, or one that contradicts itself at `byteOffset`.
 */
export function notASnapshot(problem: string, byteOffset: number): LeaklineError {
  return new LeaklineError(
    'notASnapshot',
    `This is not a valid V8 heap snapshot: ${problem} (at byte ${byteOffset}).`,
    'Choose a .heapsnapshot file as written by Leakline, Chrome DevTools or v8.writeHeapSnapshot(), ' +
      'or take the snapshot again.',
  );
}

/** The file stops before the snapshot does. */
export function truncatedSnapshot(place: string, byteOffset: number): LeaklineError {
  return new LeaklineError(
    'truncatedSnapshot',
    `The heap snapshot is cut off: it ends at byte ${byteOffset}, ${place}.`,
    'Its capture or its copy did not finish. Check the free disk space, then take or copy it again.',
  );
}
