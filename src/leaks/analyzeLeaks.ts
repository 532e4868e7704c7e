import type { HeapSnapshot } from '../heap/heapSnapshot';
import { findAccumulations } from './accumulation';
import { birthRounds } from './cohorts';
import type { LeakAnalysis, Suspect } from './leakAnalysis';
import type { Verdict } from './leakReport';
import { NodeKinds } from './nodeKinds';
import { buildPathTree } from './pathTree';
import { findSizeGrowth } from './sizeGrowth';
import { requireSameIds, type SnapshotDigest } from './snapshotDigest';
import { SuspectFinder } from './suspects';

/** From here on a suspect is called a leak. */
const LEAK_CONFIDENCE = 0.5;

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
  const births = birthRounds(last.graph, earlier);
  const tree = buildPathTree(last.graph);
  const kinds = new NodeKinds(last.graph);
  const rounds = earlier.length;
  const counted = findAccumulations(last.graph, last.selfSizes, tree, kinds, births, rounds);
  const sized = findSizeGrowth(last, digests, kinds);
  const suspects = new SuspectFinder(last, tree, kinds).find(counted, sized);
  return {
    verdict: verdictOf(suspects),
    rounds,
    heapBytes: digests.map((digest) => digest.totalBytes),
    externalBytes: digests.map((digest) => digest.externalBytes),
    suspects,
    scripts: [...last.scripts().values()].filter((script) => script.url !== ''),
  };
}

function verdictOf(suspects: readonly Suspect[]): Verdict {
  if (suspects.some((suspect) => suspect.confidence >= LEAK_CONFIDENCE)) return 'leak';
  return suspects.length > 0 ? 'inconclusive' : 'clean';
}
