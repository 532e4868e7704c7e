import { setTimeout as delay } from 'node:timers/promises';
import { LeaklineError, throwIfAborted } from '../base/errors';
import type { ProgressListener } from '../base/progress';
import { judgeSites, type SampleReport } from '../care/sampleReport';
import type { InspectorSession } from '../inspector/inspectorSession';
import type { PathRules } from '../source/pathMapper';
import { growingSites, type TimedStacks } from './growingSites';
import { SiteFinder } from './siteFinder';

/** How long to sample, and how often to look. */
export interface SamplingPlan {
  readonly seconds: number;
  /** Readings after the start, evenly spread. */
  readonly rounds: number;
  /** Mean bytes between two samples. */
  readonly intervalBytes: number;
}

/** Where the sources are. */
export interface SourceRoot {
  /** Absolute; files are reported relative to it. */
  readonly root: string;
  /** How paths of the target become files below the root. */
  readonly paths?: PathRules;
}

/**
 * Samples allocations and compares what is alive of them at intervals: which sites keep growing.
 * No snapshot is taken; V8 collects garbage before each reading.
 * @throws LeaklineError `protocol` if somebody else samples, `connectionLost` or `cancelled`
 */
export async function watchAllocations(
  session: InspectorSession,
  { seconds, rounds, intervalBytes }: SamplingPlan,
  { root, paths }: SourceRoot,
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<SampleReport> {
  const sampling = await session.sampleAllocations(intervalBytes);
  if (!sampling) throw busyError();
  const profiles: TimedStacks[] = [];
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  try {
    for (let round = 1; round <= rounds; round++) {
      const pause = Math.max((seconds * round) / rounds - elapsed(), 0);
      await delay(pause * 1000, undefined, { signal }).catch(() => throwIfAborted(signal));
      const profile = await sampling.read();
      if (!profile) throw lostError();
      profiles.push({ seconds: elapsed(), stacks: profile.stacks });
      onProgress({ message: 'Sampling allocations', fraction: round / rounds });
    }
  } finally {
    await sampling.stop();
  }
  const scripts = [...session.scripts].map(({ scriptId, url, sourceMapUrl, hash }) => ({
    ...{ scriptId, url },
    ...(sourceMapUrl !== undefined && { sourceMapUrl }),
    ...(hash !== undefined && { hash }),
  }));
  const finder = new SiteFinder({ scripts }, root, (id) => session.getScriptSource(id), paths);
  const series = await growingSites(profiles, finder);
  const took = profiles.at(-1)?.seconds ?? 0;
  return judgeSites(series, { seconds: took, readings: profiles.length, intervalBytes });
}

function busyError(): LeaklineError {
  return new LeaklineError(
    'protocol',
    'Allocations cannot be sampled: somebody else samples them already, or the target cannot.',
    'Stop the other profiler, then run again.',
  );
}

function lostError(): LeaklineError {
  return new LeaklineError(
    'protocol',
    'The sampling of allocations was ended by somebody else.',
    'Close other profilers on this process, then run again.',
  );
}
