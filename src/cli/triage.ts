import { costOf } from '../care/ladder';
import type { TriageReport } from '../care/triage';
import { watchMemory } from '../investigation/watchMemory';
import type { ProgressLine } from './progress';
import type { TriageOptions } from './triageOptions';
import { withSession } from './withSession';

/**
 * `leakline triage`: which memory of a process grows.
 * @throws LeaklineError
 */
export function runTriage(
  { target, plan }: TriageOptions,
  signal: AbortSignal,
  progress: ProgressLine,
): Promise<TriageReport> {
  return withSession(target, signal, progress, async (session) => {
    const { heapUsedBytes } = await session.memoryCounters();
    progress.print(costOf(plan.collect ? 'collection' : 'counters', heapUsedBytes));
    return watchMemory(session, plan, progress.show, signal);
  });
}
