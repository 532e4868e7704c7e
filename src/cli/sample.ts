import { costOf } from '../care/ladder';
import type { SampleReport } from '../care/sampleReport';
import { watchAllocations } from '../investigation/watchAllocations';
import type { ProgressLine } from './progress';
import type { SampleOptions } from './sampleOptions';
import { withSession } from './withSession';

/**
 * `leakline sample`: which allocation sites of a process keep growing.
 * @throws LeaklineError
 */
export function runSample(
  { target, plan, root, pairs }: SampleOptions,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<SampleReport> {
  const sources = { root, ...(pairs && { paths: { pairs } }) };
  return withSession(target, signal, progress, async (session) => {
    const { heapUsedBytes } = await session.memoryCounters();
    progress.print(costOf('sampling', heapUsedBytes));
    return watchAllocations(session, plan, sources, progress.show, signal);
  });
}
