import { costOf } from '../care/ladder';
import {
  costFromCount,
  costFromEarlier,
  costFromHeapSize,
  mostBytesToCount,
} from '../care/snapshotCost';
import { judgeSnapshot, SAFE_SHARE, type SnapshotVerdict } from '../care/snapshotVerdict';
import type { InspectorSession } from '../inspector/inspectorSession';
import type { InvestigationHost } from './investigation';

/**
 * Whether the next snapshot of a session may be taken; collect garbage before. Where the size of the
 * heap leaves that in doubt, and a program of this machine can bear it, its objects are counted.
 * @throws LeaklineError `connectionLost`, `protocol` or `cancelled`
 */
export async function judgeNextSnapshot(
  session: InspectorSession,
  host: Pick<InvestigationHost, 'isRemote' | 'onCost'>,
  signal: AbortSignal,
): Promise<SnapshotVerdict> {
  const remote = host.isRemote === true;
  const surroundings = { remote, left: session.memoryLeft() };
  const { heapUsedBytes } = await session.memoryCounters();
  if (session.lastPrice) {
    return judgeSnapshot(costFromEarlier(session.lastPrice, heapUsedBytes), surroundings);
  }
  const verdict = judgeSnapshot(costFromHeapSize(heapUsedBytes), surroundings);
  const room = (surroundings.left?.bytes ?? Infinity) * SAFE_SHARE;
  if (verdict.decision !== 'ask' || remote || mostBytesToCount(heapUsedBytes) > room)
    return verdict;
  host.onCost?.(costOf('count', heapUsedBytes));
  const count = await session.countObjects(signal);
  if (count === undefined) return verdict;
  return judgeSnapshot(costFromCount(count, heapUsedBytes), surroundings);
}
