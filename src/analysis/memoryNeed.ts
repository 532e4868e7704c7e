import os from 'node:os';
import { formatBytes } from '../base/bytes';
import { LeaklineError } from '../base/errors';
import type { HeapCounts } from '../heap/snapshotFormat';
import { memoryLeftInGroup } from './cgroupMemory';

/** Bytes that the columns and the passes take at their peak, measured with some allowance. */
const BYTES_PER_NODE = 72;
const BYTES_PER_EDGE = 14;

/** A record of five numbers and one of three, each with its separator, are no shorter. */
const LEAST_FILE_BYTES_PER_NODE = 10;
const LEAST_FILE_BYTES_PER_EDGE = 6;

/**
 * Fails early if a snapshot cannot be loaded, where the system would end the process later on.
 *
 * @param fileBytes length of the file
 * @throws LeaklineError `outOfMemory`
 */
export function requireMemory(
  { nodeCount, edgeCount }: HeapCounts,
  fileBytes: number,
  availableBytes = availableMemory(),
): void {
  // Counts that the file cannot hold are a lie: whoever reads on will say where.
  const leastFileBytes =
    nodeCount * LEAST_FILE_BYTES_PER_NODE + edgeCount * LEAST_FILE_BYTES_PER_EDGE;
  if (leastFileBytes > fileBytes) return;
  const needed = nodeCount * BYTES_PER_NODE + edgeCount * BYTES_PER_EDGE;
  if (needed <= availableBytes) return;
  throw new LeaklineError(
    'outOfMemory',
    `This heap snapshot needs about ${formatBytes(needed)} of memory, but ` +
      `${formatBytes(availableBytes)} are available.`,
    'Close other programs, or use the command line on a machine, or in a container, with more memory.',
  );
}

/** What this process may still take, within the limits of its container. */
function availableMemory(): number {
  // On Linux this counts what the kernel has cached as free.
  return Math.min(os.freemem(), memoryLeftInGroup());
}
