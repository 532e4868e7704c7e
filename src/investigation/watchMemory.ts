import { setTimeout as delay } from 'node:timers/promises';
import { throwIfAborted } from '../base/errors';
import type { ProgressListener } from '../base/progress';
import { judgeMemory, type TimedCounters, type TriageReport } from '../care/triage';
import type { InspectorSession } from '../inspector/inspectorSession';

/** How long to look at a process's counters. */
export interface WatchPlan {
  readonly seconds: number;
  /** Between two readings. */
  readonly intervalSeconds: number;
  /** True to collect garbage before each reading, which holds the program up for a moment. */
  readonly collect: boolean;
}

/**
 * Reads the counters of a process over a time and judges which memory grows.
 * @throws LeaklineError `connectionLost`, `protocol`, `targetPaused` or `cancelled`
 */
export async function watchMemory(
  session: InspectorSession,
  { seconds, intervalSeconds, collect }: WatchPlan,
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<TriageReport> {
  const readings: TimedCounters[] = [];
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  for (let next = 0; next <= seconds; next += intervalSeconds) {
    await wait(next - elapsed(), signal);
    if (collect) await session.collectGarbage(signal);
    readings.push({ seconds: elapsed(), ...(await session.memoryCounters()) });
    const fraction = seconds > 0 ? Math.min(elapsed() / seconds, 1) : 1;
    onProgress({ message: 'Reading memory counters', fraction });
  }
  return judgeMemory(readings, collect);
}

async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  const passed = delay(Math.max(seconds, 0) * 1000, undefined, { signal });
  await passed.catch(() => throwIfAborted(signal));
}
