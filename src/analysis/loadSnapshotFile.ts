import { createReadStream } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { LeaklineError, throwIfAborted } from '../base/errors';
import { connect, type RpcClient } from '../base/rpc';
import {
  loadHeapSnapshot,
  readHeapGraph,
  type HeapSnapshot,
  type LoadOptions,
  type PassListener,
} from '../heap/heapSnapshot';
import { sizeHeap, type SizedHeap } from '../heap/sizedHeap';
import { requireMemory } from './memoryNeed';
import type { LoaderContract } from './loaderContract';
import { findSections, type SnapshotSections } from './sectionFinder';
import { SnapshotFile } from './snapshotFile';
import { loadOnTwoThreads, readOnTwoThreads } from './twoThreadLoader';
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
export function loadSnapshotFile(
  path: string,
  options: LoadFileOptions = {},
): Promise<HeapSnapshot> {
  return load(path, options, { fast: loadOnTwoThreads, streaming: loadHeapSnapshot });
}

/**
 * Reads a file as `loadSnapshotFile` does but computes shallow sizes only: enough for a digest, in
 * less than half of the time.
 *
 * @throws as `loadSnapshotFile`
 */
export function loadSizedHeap(path: string, options: LoadFileOptions = {}): Promise<SizedHeap> {
  return load(path, options, {
    fast: readOnTwoThreads,
    streaming: async (chunks, streamOptions) =>
      sizeHeap(await readHeapGraph(chunks, streamOptions)),
  });
}

/** Makes a file into T: on two threads where its layout allows that, else as a stream. */
interface Loading<T> {
  readonly fast: (
    file: SnapshotFile,
    sections: SnapshotSections,
    helper: RpcClient<LoaderContract>,
    onPass: PassListener,
  ) => Promise<T>;
  readonly streaming: (chunks: AsyncIterable<Uint8Array>, options: LoadOptions) => Promise<T>;
}

async function load<T>(path: string, options: LoadFileOptions, loading: Loading<T>): Promise<T> {
  const file = SnapshotFile.open(path);
  try {
    return options.loaderPath
      ? await loadFast(file, options.loaderPath, options, loading)
      : await loadStreaming(path, file.byteLength, options, loading);
  } catch (error) {
    // Whatever is irregular about the file, the streaming parser reads it or says where it breaks.
    const irregular = error instanceof LeaklineError && error.code === 'notASnapshot';
    if (!irregular || !options.loaderPath) throw error;
    return await loadStreaming(path, file.byteLength, options, loading);
  } finally {
    file.close();
  }
}

async function loadFast<T>(
  file: SnapshotFile,
  loaderPath: string,
  { signal, onProgress, onPass }: LoadFileOptions,
  { fast }: Loading<T>,
): Promise<T> {
  throwIfAborted(signal);
  // The thread starts while this one looks for the sections.
  const worker = new Worker(loaderPath);
  const helper = connect<LoaderContract>(portToWorker(worker));
  try {
    const sections = findSections(file);
    requireMemory(sections.format, file.byteLength);
    return await fast(file, sections, helper, (message, fraction) => {
      throwIfAborted(signal);
      onPass?.(message);
      onProgress?.({ message, fraction });
    });
  } finally {
    helper.dispose();
    await worker.terminate();
  }
}

async function loadStreaming<T>(
  path: string,
  byteLength: number,
  { signal, onProgress, onPass }: LoadFileOptions,
  { streaming }: Loading<T>,
): Promise<T> {
  const chunks = createReadStream(path, { highWaterMark: READ_BYTES });
  try {
    return await streaming(chunks as AsyncIterable<Uint8Array>, {
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
