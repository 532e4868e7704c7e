import { costFromEarlier, costFromHeapSize } from '../care/snapshotCost';
import { judgeSnapshot, type SnapshotVerdict } from '../care/snapshotVerdict';
import type { InspectorSession } from '../inspector/inspectorSession';
import type { InvestigationHost } from './investigation';

/**
 * Whether the next snapshot of a session may be taken; collect garbage before. V8 tells how many
 * objects there are only for ids that it then gives up, which another debugger may need: so the
 * first estimate is from the size of the heap.
 * @throws LeaklineError `connectionLost` or `protocol`
 */
export async function judgeNextSnapshot(
  session: InspectorSession,
  host: Pick<InvestigationHost, 'isRemote' | 'memoryLeft'>,
): Promise<SnapshotVerdict> {
  const { heapUsedBytes } = await session.memoryCounters();
  const cost = session.lastPrice
    ? costFromEarlier(session.lastPrice, heapUsedBytes)
    : costFromHeapSize(heapUsedBytes);
  const left = session.memoryLeft() ?? (await host.memoryLeft?.());
  return judgeSnapshot(cost, { remote: host.isRemote === true, left });
}
