import type { HeapSnapshot } from '../heap/heapSnapshot';
import { AccumulationFinder } from './accumulation';
import { CandidateFinder } from './candidates';
import { birthRounds } from './cohorts';
import { foldSuspects } from './foldSuspects';
import type { LeakAnalysis, Suspect } from './leakAnalysis';
import type { Verdict } from './leakReport';
import { findNativeGrowth } from './nativeGrowth';
import { NodeKinds } from './nodeKinds';
import { buildPathTree } from './pathTree';
import { recordedAllocations } from './recordedAllocations';
import { findSizeGrowth } from './sizeGrowth';
import { requireSameIds, type SnapshotDigest } from './snapshotDigest';
import { SuspectDescriber } from './suspects';

/** From here on a suspect is called a leak. */
const LEAK_CONFIDENCE = 0.5;
/** A leak found with this confidence is not kept waiting for what else may grow. */
const SURE = 0.85;

/**
 * Finds what leaks between the baseline and the last snapshot.
 * @param earlier Digests of all snapshots before the last, baseline first; at least one.
 * @throws LeaklineError `incomparableSnapshots` if object ids do not hold across the snapshots.
 */
export function analyzeLeaks(
  earlier: readonly SnapshotDigest[],
  last: HeapSnapshot,
  lastDigest: SnapshotDigest,
): LeakAnalysis {
  const digests = [...earlier, lastDigest];
  for (let i = 1; i < digests.length; i++) requireSameIds(digests[i - 1], digests[i]);
  const { graph } = last;
  const rounds = earlier.length;
  const births = birthRounds(graph, earlier);
  const tree = buildPathTree(graph);
  const kinds = new NodeKinds(graph);
  const accumulations = new AccumulationFinder(graph, last.selfSizes, tree, kinds);
  const candidates = new CandidateFinder(last, tree, kinds, accumulations, digests);
  const natives = findNativeGrowth(
    ...([last, tree, kinds, births] as const),
    digests.map(({ nativeCounts }) => nativeCounts),
  );
  const sizes = findSizeGrowth(last, digests, kinds);
  const { list, inDoubt } = candidates.find(births, rounds, sizes, natives);
  const suspects = foldSuspects(new SuspectDescriber(last, tree, kinds).describeAll(list));
  const allocations = recordedAllocations(last, births);
  return {
    verdict: verdictOf(suspects),
    inDoubt: inDoubt && !suspects.some(({ confidence }) => confidence >= SURE),
    rounds,
    heapBytes: digests.map((digest) => digest.totalBytes),
    externalBytes: digests.map((digest) => digest.externalBytes),
    suspects,
    scripts: [...last.scripts().values()].filter((script) => script.url !== ''),
    ...(allocations && { allocations }),
  };
}

function verdictOf(suspects: readonly Suspect[]): Verdict {
  if (suspects.some((suspect) => suspect.confidence >= LEAK_CONFIDENCE)) return 'leak';
  return suspects.length > 0 ? 'inconclusive' : 'clean';
}
