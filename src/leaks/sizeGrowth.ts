import type { HeapSnapshot } from '../heap/heapSnapshot';
import { FlatSizes } from './flatSizes';
import type { NodeKinds } from './nodeKinds';
import type { SnapshotDigest } from './snapshotDigest';

/** An object that was there all the time and holds more flat data after every round. */
export interface SizeGrowth {
  readonly owner: number;
  /** What it holds that grew: a string or binary data; the owner if its own storage grew. */
  readonly grown: number;
  /** Flat bytes at each snapshot, baseline first. */
  readonly bytes: readonly number[];
}

/** Growth below this is noise: a table that was made late, a few log lines. */
const MIN_BYTES_PER_ROUND = 16 * 1024;

/**
 * Finds growth that leaves no new objects to count: arrays and sets of small integers, strings
 * that are added to, buffers that are replaced by larger ones.
 * @param digests All snapshots, baseline first, the last one being `last`.
 */
export function findSizeGrowth(
  last: HeapSnapshot,
  digests: readonly SnapshotDigest[],
  kinds: NodeKinds,
): SizeGrowth[] {
  const { graph } = last;
  const growing: Omit<SizeGrowth, 'grown'>[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    const id = graph.nodeIdOf[node];
    if (!digests[digests.length - 1].flatBytesById.has(id)) continue;
    if (!digests[0].ids.has(id)) continue;
    const bytes = digests.map((digest) => digest.flatBytesById.get(id) ?? 0);
    if (growsSteadily(bytes)) growing.push({ owner: node, bytes });
  }
  if (growing.length === 0) return [];
  const flatSizes = new FlatSizes(last, kinds);
  return growing.map((growth) => ({ ...growth, grown: flatSizes.largestIn(growth.owner) }));
}

/** More after every round, or after most where storage is doubled now and then. */
function growsSteadily(bytes: readonly number[]): boolean {
  const rounds = bytes.length - 1;
  if (bytes[rounds] - bytes[0] < MIN_BYTES_PER_ROUND * rounds) return false;
  let grew = 0;
  for (let i = 1; i <= rounds; i++) {
    if (bytes[i] < bytes[i - 1]) return false;
    if (bytes[i] > bytes[i - 1]) grew++;
  }
  return grew * 3 >= rounds * 2;
}
