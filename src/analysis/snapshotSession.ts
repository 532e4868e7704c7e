import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { LeaklineError, throwIfAborted, type CancelSignal } from '../base/errors';
import type { ProgressListener } from '../base/progress';
import { ClassInstances } from '../heap/classInstances';
import { summarizeHeap } from '../heap/heapSummary';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { analyzeLeaks } from '../leaks/analyzeLeaks';
import type { LeakAnalysis } from '../leaks/leakAnalysis';
import { digestSnapshot, type SnapshotDigest } from '../leaks/snapshotDigest';
import type {
  AnalyzeRequest,
  ChildPage,
  ChildrenRequest,
  DigestRequest,
  InstancePage,
  InstancesRequest,
  OpenRequest,
  RetainerPage,
  RetainersRequest,
  SnapshotSummary,
  SummarizeRequest,
} from './contract';
import { childPage } from './childPage';
import { collectGarbage } from './collectGarbage';
import { instancePage } from './instancePage';
import { loadSizedHeap, loadSnapshotFile, type LoadFileOptions } from './loadSnapshotFile';
import { PassTimer } from './passTimer';
import { retainerList, retainerPage, type RetainerList } from './retainerPage';

/** The snapshots of one analysis. The last one stays open to be queried. */
export class SnapshotSession {
  private last: HeapSnapshot | undefined;
  /** Made when first asked for. */
  private lastInstances: ClassInstances | undefined;
  /** The list of retainers that was asked for last: others pages of it will follow. */
  private lastRetainers: RetainerList | undefined;
  /** Of the files that were read, by `fileKey`. */
  private digests = new Map<string, SnapshotDigest>();

  /** @param loaderPath see LoadFileOptions */
  constructor(private readonly loaderPath?: string) {}

  /**
   * Reads a snapshot ahead of the analysis that will need it, and keeps its digest.
   * @throws LeaklineError; see `analyze`.
   */
  async digest({ path: file }: DigestRequest, signal: CancelSignal): Promise<void> {
    const key = await fileKey(file);
    if (this.digests.has(key)) return;
    await this.close();
    this.digests.set(key, await this.readDigest(file, { signal }));
  }

  /**
   * Loads the snapshots one after another, so that only one graph is in memory at a time. Those of
   * which there is a digest, from `digest` or the analysis before, are not loaded again.
   * @throws LeaklineError `storage`, `notASnapshot`, `truncatedSnapshot`, `outOfMemory`,
   *   `incomparableSnapshots`, `cancelled`.
   */
  async analyze(
    { paths }: AnalyzeRequest,
    onProgress: ProgressListener,
    signal: CancelSignal,
  ): Promise<LeakAnalysis> {
    await this.close();
    const keys = await Promise.all(paths.map(fileKey));
    if (new Set(keys).size < Math.max(2, keys.length)) {
      throw new LeaklineError(
        'usage',
        'A comparison needs at least two snapshots, each given once.',
      );
    }
    const optionsOf = (index: number): LoadFileOptions => ({
      signal,
      onProgress: ({ message, fraction = 0 }) =>
        onProgress({
          message: `Snapshot ${index + 1} of ${paths.length}: ${message}`,
          fraction: (index + fraction) / (paths.length + 0.5),
        }),
    });
    const last = paths.length - 1;
    const earlier: SnapshotDigest[] = [];
    for (let index = 0; index < last; index++) {
      throwIfAborted(signal);
      earlier.push(
        this.digests.get(keys[index]) ?? (await this.readDigest(paths[index], optionsOf(index))),
      );
    }
    const snapshot = await this.load(paths[last], optionsOf(last));
    const digest = this.digests.get(keys[last]) ?? digestSnapshot(snapshot);
    throwIfAborted(signal);
    onProgress({ message: 'Finding what piles up', fraction: 0.95 });
    const analysis = analyzeLeaks(earlier, snapshot, digest);
    this.digests = new Map([...earlier, digest].map((each, index) => [keys[index], each]));
    this.last = snapshot;
    return analysis;
  }

  /**
   * Loads one snapshot and adds up its classes.
   * @throws LeaklineError `storage`, `notASnapshot`, `truncatedSnapshot`, `cancelled`.
   */
  async summarize(
    { path: file }: SummarizeRequest,
    onProgress: ProgressListener,
    signal: CancelSignal,
  ): Promise<SnapshotSummary> {
    await this.close();
    await fileKey(file);
    const timer = new PassTimer();
    const onPass = (name: string) => timer.begin(name);
    const snapshot = await this.load(file, { signal, onProgress, onPass });
    throwIfAborted(signal);
    timer.begin('Adding up classes');
    onProgress({ message: 'Adding up classes', fraction: 0.98 });
    const summary = summarizeHeap(snapshot);
    this.last = snapshot;
    return { ...summary, timings: timer.end() };
  }

  /**
   * Opens the last snapshot of an earlier analysis.
   * @throws LeaklineError as `summarize`; `incomparableSnapshots` if the file is another one by now.
   */
  async openAgain({ path: file, known }: OpenRequest, signal: CancelSignal): Promise<void> {
    await this.close();
    await fileKey(file);
    const snapshot = await this.load(file, { signal });
    throwIfAborted(signal);
    const { nodeIdOf } = snapshot.graph;
    if (known.some(({ node, objectId }) => nodeIdOf[node] !== objectId)) throw replaced(file);
    this.last = snapshot;
  }

  /** @throws LeaklineError `internal` if no snapshot is open. */
  retainers(request: RetainersRequest): RetainerPage {
    const snapshot = this.open();
    const { node, filter = '' } = request;
    if (this.lastRetainers?.node !== node || this.lastRetainers.filter !== filter) {
      this.lastRetainers = retainerList(snapshot, request);
    }
    return retainerPage(snapshot, request, this.lastRetainers);
  }

  /** @throws LeaklineError `internal` if no snapshot is open. */
  children(request: ChildrenRequest): ChildPage {
    return childPage(this.open(), request);
  }

  /** @throws LeaklineError `internal` if no snapshot is open. */
  instances(request: InstancesRequest): InstancePage {
    const snapshot = this.open();
    this.lastInstances ??= new ClassInstances(snapshot);
    return instancePage(snapshot, this.lastInstances, request);
  }

  private open(): HeapSnapshot {
    if (this.last) return this.last;
    throw new LeaklineError('internal', 'No snapshot is open.', 'Open the snapshot again.');
  }

  /** Gives the memory of the open snapshot back. */
  private async close(): Promise<void> {
    if (!this.last) return;
    this.last = undefined;
    this.lastInstances = undefined;
    this.lastRetainers = undefined;
    await collectGarbage();
  }

  private load(file: string, options: LoadFileOptions): Promise<HeapSnapshot> {
    return this.read(file, options, loadSnapshotFile);
  }

  /** Lets the graph go again, so that only one is in memory at a time. */
  private async readDigest(file: string, options: LoadFileOptions): Promise<SnapshotDigest> {
    const digest = digestSnapshot(await this.read(file, options, loadSizedHeap));
    await collectGarbage();
    return digest;
  }

  private async read<T>(
    file: string,
    options: LoadFileOptions,
    load: (file: string, options: LoadFileOptions) => Promise<T>,
  ): Promise<T> {
    const { loaderPath } = this;
    try {
      return await load(file, { ...options, ...(loaderPath && { loaderPath }) });
    } catch (error) {
      throw namingFile(error, file);
    }
  }
}

/**
 * What tells a file from another, and from what was under the same path before.
 * @throws LeaklineError `storage` if it is no file.
 */
async function fileKey(file: string): Promise<string> {
  let stats: Stats;
  try {
    stats = await stat(file);
  } catch (error) {
    throw unreadable(file, (error as Error).message, error);
  }
  if (!stats.isFile()) throw unreadable(file, 'it is not a file');
  return `${file} ${stats.size} ${stats.mtimeMs}`;
}

function namingFile(error: unknown, file: string): unknown {
  if (!(error instanceof LeaklineError)) {
    return 'code' in (error as object) ? unreadable(file, (error as Error).message, error) : error;
  }
  if (error.code === 'cancelled') return error;
  const message = `${path.basename(file)}: ${error.message}`;
  return new LeaklineError(error.code, message, error.hint, { cause: error });
}

function replaced(file: string): LeaklineError {
  return new LeaklineError(
    'incomparableSnapshots',
    `${file} is not the snapshot that these findings were made from.`,
    'Find leaks again to see what keeps an object alive.',
  );
}

function unreadable(file: string, why: string, cause?: unknown): LeaklineError {
  const hint = 'Check the path and that you may read it.';
  return new LeaklineError('storage', `Cannot read ${file}: ${why}.`, hint, { cause });
}
