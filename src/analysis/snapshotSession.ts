import { stat } from 'node:fs/promises';
import path from 'node:path';
import { LeaklineError, throwIfAborted, type CancelSignal } from '../base/errors';
import type { ProgressListener } from '../base/progress';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { analyzeLeaks } from '../leaks/analyzeLeaks';
import type { LeakAnalysis } from '../leaks/leakAnalysis';
import { digestSnapshot, type SnapshotDigest } from '../leaks/snapshotDigest';
import type { AnalyzeRequest, RetainerPage, RetainersRequest } from './contract';
import { collectGarbage } from './collectGarbage';
import { loadSnapshotFile } from './loadSnapshotFile';
import { retainerPage } from './retainerPage';

/** The snapshots of one investigation. The last one stays open to be queried. */
export class SnapshotSession {
  private last: HeapSnapshot | undefined;

  /** @param loaderPath see LoadFileOptions */
  constructor(private readonly loaderPath?: string) {}

  /**
   * Loads the snapshots one after another, so that only one graph is in memory at a time.
   * @throws LeaklineError `storage`, `notASnapshot`, `truncatedSnapshot`, `outOfMemory`,
   *   `incomparableSnapshots`, `cancelled`.
   */
  async analyze(
    { paths }: AnalyzeRequest,
    onProgress: ProgressListener,
    signal: CancelSignal,
  ): Promise<LeakAnalysis> {
    if (this.last) {
      this.last = undefined;
      await collectGarbage();
    }
    const digests: SnapshotDigest[] = [];
    let snapshot: HeapSnapshot | undefined;
    for (const [index, file] of paths.entries()) {
      throwIfAborted(signal);
      snapshot = undefined; // lets the graph before go, ahead of loading the next
      if (index > 0) await collectGarbage();
      snapshot = await this.load(file, signal, ({ message, fraction = 0 }) =>
        onProgress({
          message: `Snapshot ${index + 1} of ${paths.length}: ${message}`,
          fraction: (index + fraction) / (paths.length + 0.5),
        }),
      );
      digests.push(digestSnapshot(snapshot));
    }
    if (!snapshot || digests.length < 2) {
      throw new LeaklineError('usage', 'A comparison needs at least two snapshots.');
    }
    throwIfAborted(signal);
    onProgress({ message: 'Finding what piles up', fraction: 0.95 });
    const analysis = analyzeLeaks(digests.slice(0, -1), snapshot, digests[digests.length - 1]);
    this.last = snapshot;
    return analysis;
  }

  /** @throws LeaklineError `internal` if no snapshot is open. */
  retainers(request: RetainersRequest): RetainerPage {
    if (!this.last) {
      throw new LeaklineError('internal', 'No snapshot is open.', 'Run the comparison again.');
    }
    return retainerPage(this.last, request);
  }

  private async load(
    file: string,
    signal: CancelSignal,
    onProgress: ProgressListener,
  ): Promise<HeapSnapshot> {
    await requireFile(file);
    const { loaderPath } = this;
    try {
      return await loadSnapshotFile(file, {
        ...(loaderPath && { loaderPath }),
        onProgress,
        signal,
      });
    } catch (error) {
      throw namingFile(error, file);
    }
  }
}

async function requireFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (error) {
    throw unreadable(file, (error as Error).message, error);
  }
  throw unreadable(file, 'it is not a file');
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
