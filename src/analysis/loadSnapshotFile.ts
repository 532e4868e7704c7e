import { createReadStream } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { LeaklineError, throwIfAborted } from '../base/errors';
import { connect } from '../base/rpc';
import { loadHeapSnapshot, type HeapSnapshot, type LoadOptions } from '../heap/heapSnapshot';
import { requireMemory } from './memoryNeed';
import type { LoaderContract } from './loaderContract';
import { findSections } from './sectionFinder';
import { SnapshotFile } from './snapshotFile';
import { loadOnTwoThreads } from './twoThreadLoader';
import { portToWorker } from './workerPort';

/** Read in pieces of this many bytes: large enough that the parser, not the disk, sets the pace. */
const READ_BYTES = 1 << 20;

export interface LoadFileOptions extends Omit<LoadOptions, 'byteLength' | 'onCounts'> {
  /**
   * Absolute path of the bundled second thread, dist/loaderWorker.js. Without it everything is done
   * on this thread.
   */
  readonly loaderPath?: string;
}

/**
 * Loads a .heapsnapshot file in the fastest way that its layout allows. This thread is busy all the
 * time.
 *
 * @throws LeaklineError `notASnapshot`, `truncatedSnapshot`, `outOfMemory`, `cancelled`; the file
 *   system's error if the file cannot be read
 */
export async function loadSnapshotFile(
  path: string,
  options: LoadFileOptions = {},
): Promise<HeapSnapshot> {
  const file = SnapshotFile.open(path);
  try {
    return options.loaderPath
      ? await loadFast(file, options.loaderPath, options)
      : await loadStreaming(path, file.byteLength, options);
  } catch (error) {
    // Whatever is irregular about the file, the streaming parser reads it or says where it breaks.
    const irregular = error instanceof LeaklineError && error.code === 'notASnapshot';
    if (!irregular || !options.loaderPath) throw error;
    return await loadStreaming(path, file.byteLength, options);
  } finally {
    file.close();
  }
}

async function loadFast(
  file: SnapshotFile,
  loaderPath: string,
  { signal, onProgress, onPass }: LoadFileOptions,
): Promise<HeapSnapshot> {
  throwIfAborted(signal);
  // The thread starts while this one looks for the sections.
  const worker = new Worker(loaderPath);
  const helper = connect<LoaderContract>(portToWorker(worker));
  try {
    const sections = findSections(file);
    requireMemory(sections.format, file.byteLength);
    return await loadOnTwoThreads(file, sections, helper, (message, fraction) => {
      throwIfAborted(signal);
      onPass?.(message);
      onProgress?.({ message, fraction });
    });
  } finally {
    helper.dispose();
    await worker.terminate();
  }
}

async function loadStreaming(
  path: string,
  byteLength: number,
  { signal, onProgress, onPass }: LoadFileOptions,
): Promise<HeapSnapshot> {
  const chunks = createReadStream(path, { highWaterMark: READ_BYTES });
  try {
    return await loadHeapSnapshot(chunks as AsyncIterable<Uint8Array>, {
      byteLength,
      onCounts: (counts) => requireMemory(counts, byteLength),
      ...(onProgress && { onProgress }),
      ...(onPass && { onPass }),
      ...(signal && { signal }),
    });
  } finally {
    chunks.destroy();
  }
}
