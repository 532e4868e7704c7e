import os from 'node:os';
import { formatBytes } from '../base/bytes';
import { LeaklineError } from '../base/errors';
import type { SnapshotFormat } from '../heap/snapshotFormat';

/** Bytes that the columns and the passes take at their peak, measured with some allowance. */
const BYTES_PER_NODE = 72;
const BYTES_PER_EDGE = 14;

/**
 * Fails early if a snapshot cannot be loaded, where the system would end the process later on.
 *
 * @throws LeaklineError `outOfMemory`
 */
export function requireMemory(
  { nodeCount, edgeCount }: Pick<SnapshotFormat, 'nodeCount' | 'edgeCount'>,
  availableBytes = availableMemory(),
): void {
  const needed = nodeCount * BYTES_PER_NODE + edgeCount * BYTES_PER_EDGE;
  if (needed <= availableBytes) return;
  throw new LeaklineError(
    'outOfMemory',
    `This heap snapshot needs about ${formatBytes(needed)} of memory, but ` +
      `${formatBytes(availableBytes)} are available.`,
    'Close other programs, or use the command line on a machine with more memory.',
  );
}

/** What this process may still take, within the limits of its container. */
function availableMemory(): number {
  // Since Node.js 20.13.
  const { availableMemory } = process as { availableMemory?: () => number };
  return availableMemory ? availableMemory.call(process) : os.freemem();
}
