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
  RetainerPage,
  RetainersRequest,
  SnapshotSummary,
  SummarizeRequest,
} from './contract';
import { childPage } from './childPage';
import { collectGarbage } from './collectGarbage';
import { instancePage } from './instancePage';
import { loadSnapshotFile, type LoadFileOptions } from './loadSnapshotFile';
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
    const snapshot = await this.load(file, { signal });
    this.digests.set(key, digestSnapshot(snapshot));
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
    const digests = new Map<string, SnapshotDigest>();
    let snapshot: HeapSnapshot | undefined;
    for (const [index, file] of paths.entries()) {
      throwIfAborted(signal);
      const key = await fileKey(file);
      let digest = this.digests.get(key);
      if (!digest || index === paths.length - 1) {
        if (snapshot) {
          snapshot = undefined; // lets the graph before go, ahead of loading the next
          await collectGarbage();
        }
        snapshot = await this.load(file, {
          signal,
          onProgress: ({ message, fraction = 0 }) =>
            onProgress({
              message: `Snapshot ${index + 1} of ${paths.length}: ${message}`,
              fraction: (index + fraction) / (paths.length + 0.5),
            }),
        });
        digest ??= digestSnapshot(snapshot);
      }
      digests.set(key, digest);
    }
    if (!snapshot || digests.size < 2) {
      throw new LeaklineError('usage', 'A comparison needs at least two snapshots.');
    }
    throwIfAborted(signal);
    onProgress({ message: 'Finding what piles up', fraction: 0.95 });
    const [...all] = digests.values();
    const analysis = analyzeLeaks(all.slice(0, -1), snapshot, all[all.length - 1]);
    this.digests = digests;
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

  private async load(file: string, options: LoadFileOptions): Promise<HeapSnapshot> {
    const { loaderPath } = this;
    try {
      return await loadSnapshotFile(file, { ...options, ...(loaderPath && { loaderPath }) });
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

function unreadable(file: string, why: string, cause?: unknown): LeaklineError {
  const hint = 'Check the path and that you may read it.';
  return new LeaklineError('storage', `Cannot read ${file}: ${why}.`, hint, { cause });
}
