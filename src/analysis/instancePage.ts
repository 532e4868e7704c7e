import type { ClassInstances } from '../heap/classInstances';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { InstancePage, InstancesRequest } from './contract';
import { nodeRow, pageRange } from './nodeRow';

/** Instances of a class; what keeps the most alive comes first. */
export function instancePage(
  snapshot: HeapSnapshot,
  instances: ClassInstances,
  request: InstancesRequest,
): InstancePage {
  const { graph } = snapshot;
  const nodes = instances.of(request.className);
  const [from, to] = pageRange(request);
  return {
    total: nodes.length,
    rows: Array.from(nodes.subarray(from, to), (node) => ({
      ...nodeRow(snapshot, node),
      expandable: graph.firstEdgeOf[node + 1] > graph.firstEdgeOf[node],
    })),
  };
}
