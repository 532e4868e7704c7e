import { createInvestigation } from '../investigation/createInvestigation';
import { SnapshotStore } from '../investigation/snapshotStore';
import type { LeakReport } from '../leaks/leakReport';
import type { DiffOptions } from './args';
import type { ProgressLine } from './progress';
import { workerPath } from './workerPath';

/**
 * `leakline diff`: compares snapshot files with no process at hand.
 * @throws LeaklineError
 */
export async function runDiff(
  options: DiffOptions,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<LeakReport> {
  const investigation = createInvestigation({
    root: options.root,
    ...(options.pairs && { paths: { pairs: options.pairs } }),
    workerPath,
    store: new SnapshotStore(options.root), // files are only read
  });
  try {
    const request = { paths: options.snapshots };
    const onProgress = progress.show;
    return (await investigation.compare(request, onProgress, signal)).report;
  } finally {
    investigation.dispose();
  }
}
