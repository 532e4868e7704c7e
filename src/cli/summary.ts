import { AnalysisClient } from '../analysis/analysisClient';
import type { SnapshotSummary } from '../analysis/contract';
import type { SummaryOptions } from './args';
import type { ProgressLine } from './progress';
import { workerPath } from './workerPath';

/**
 * `leakline summary`: tells what one snapshot file holds, with no process at hand.
 * @throws LeaklineError
 */
export async function runSummary(
  { snapshot }: SummaryOptions,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<SnapshotSummary> {
  const analysis = new AnalysisClient(workerPath);
  try {
    return await analysis.summarize({ path: snapshot }, progress.show, signal);
  } finally {
    analysis.dispose();
  }
}
