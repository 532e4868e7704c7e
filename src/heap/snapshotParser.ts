import { throwIfAborted, type CancelSignal } from '../base/errors';
import type { HeapGraph } from './heapGraph';
import type { HeapCounts } from './snapshotFormat';
import { SnapshotReader } from './snapshotReader';

export interface ParseOptions {
  /** Length of the file, if known: it lets the parser make the right room at once. */
  readonly byteLength?: number;
  /**
   * Called as soon as the file has said how large its heap is, before room is made for it. What it
   * throws ends the loading.
   */
  readonly onCounts?: (counts: HeapCounts) => void;
  /** Told where in the file the array of strings stands: the offsets of its first byte and behind it. */
  readonly onStrings?: (from: number, to: number) => void;
  /** Called after every chunk with the bytes read so far. */
  readonly onProgress?: (bytesRead: number) => void;
  readonly signal?: CancelSignal;
}

/**
 * Reads a .heapsnapshot file of any size. It streams: a file need not fit into a string, and the
 * chunks may be cut anywhere.
 *
 * @param chunks the file's bytes in order; a chunk may be reused once the next one is asked for
 * @throws LeaklineError `truncatedSnapshot` if the file ends too early, `notASnapshot` if it is
 *   another file or contradicts itself, `cancelled`
 */
export async function parseSnapshot(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions = {},
): Promise<HeapGraph> {
  const reader = new SnapshotReader(options.byteLength, options.onCounts, options.onStrings);
  let bytesRead = 0;
  throwIfAborted(options.signal);
  for await (const chunk of chunks) {
    throwIfAborted(options.signal);
    reader.push(chunk);
    bytesRead += chunk.length;
    options.onProgress?.(bytesRead);
  }
  return reader.finish();
}
