import { stat } from 'node:fs/promises';
import { AnalysisClient } from '../analysis/analysisClient';
import type { SnapshotSummary } from '../analysis/contract';
import { SnapshotSession } from '../analysis/snapshotSession';
import type { SummaryOptions } from './args';
import type { ProgressLine } from './progress';
import { loaderPath, workerPath } from './workerPath';

/**
 * A snapshot of at most this size is read on this thread: to start another one would take a tenth of
 * the time. Larger ones would keep this thread from noticing that it is to stop.
 */
const READ_HERE_BYTES = 64 << 20;

/**
 * `leakline summary`: tells what one snapshot file holds, with no process at hand.
 * @throws LeaklineError
 */
export async function runSummary(
  { snapshot }: SummaryOptions,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<SnapshotSummary> {
  const request = { path: snapshot };
  if (await isSmall(snapshot)) {
    return new SnapshotSession(loaderPath).summarize(request, progress.show, signal);
  }
  const analysis = new AnalysisClient(workerPath);
  try {
    return await analysis.summarize(request, progress.show, signal);
  } finally {
    analysis.dispose();
  }
}

/** What cannot be read is small: whoever reads it says why. */
async function isSmall(file: string): Promise<boolean> {
  const stats = await stat(file).catch(() => undefined);
  return (stats?.size ?? 0) <= READ_HERE_BYTES;
}
