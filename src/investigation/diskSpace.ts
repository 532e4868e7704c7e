import { statfs } from 'node:fs/promises';
import { formatBytes } from '../base/bytes';
import { LeaklineError } from '../base/errors';

/** What there is of a file system, as `statfs` of Node.js tells it. */
type ReadSpace = (folder: string) => Promise<{ readonly bavail: number; readonly bsize: number }>;

/**
 * Large strings and arrays of numbers take next to nothing of a snapshot file, so it may have far fewer
 * bytes than the heap; no less than this unless nearly all of the heap is such.
 */
const LEAST_SHARE_OF_HEAP = 0.1;

/**
 * Ends a run before a snapshot that will surely fill the disk: the target would have been held up for
 * nothing, and others may need the space.
 * @param folder Where the snapshot is to be; has to be there.
 * @param before Bytes of the snapshot before, which says more than the heap; undefined for the first.
 * @throws LeaklineError `storage` with what to do
 */
export async function requireDiskSpace(
  folder: string,
  heapUsedBytes: number,
  before: number | undefined,
  readSpace: ReadSpace = statfs,
): Promise<void> {
  // Where nobody tells, the capture itself says when there is no more space.
  const space = await readSpace(folder).catch(() => undefined);
  if (!space) return;
  const free = space.bavail * space.bsize;
  const needed = before ?? heapUsedBytes * LEAST_SHARE_OF_HEAP;
  if (free >= needed) return;
  throw new LeaklineError(
    'storage',
    `There is too little space in ${folder}: ${formatBytes(free)} are free, and a snapshot takes ${formatBytes(needed)} or more. None was taken.`,
    'Delete snapshots that are no longer needed, or choose another disk with --keep-snapshots or TMPDIR.',
  );
}
