import { createHash } from 'node:crypto';
import type { HeapGraph } from '../../../src/heap/heapGraph';

/** A digest of all that a graph holds: two graphs with the same one are identical. */
export function graphContents(graph: HeapGraph): Record<string, string | number> {
  const digests = (columns: object) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, digest(column as Uint32Array)]),
    );
  const digest = (column: Uint8Array | Uint32Array | Float64Array) =>
    createHash('sha256')
      .update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
      .digest('hex');
  const { locations, strings, allocationTraces: traces } = graph;
  const texts = createHash('sha256');
  for (let index = 0; index < strings.length; index++) {
    texts.update(JSON.stringify(strings.get(index)));
  }
  return {
    nodeCount: graph.nodeCount,
    edgeCount: graph.edgeCount,
    extraNativeBytes: graph.extraNativeBytes,
    nodeTypes: graph.nodeTypes.join(),
    edgeTypes: graph.edgeTypes.join(),
    nodeType: digest(graph.nodeTypeOf),
    nodeName: digest(graph.nodeNameOf),
    nodeId: digest(graph.nodeIdOf),
    selfSize: digest(graph.selfSizeOf),
    detachedness: digest(graph.detachednessOf),
    firstEdge: digest(graph.firstEdgeOf),
    edgeType: digest(graph.edgeTypeOf),
    edgeNameOrIndex: digest(graph.edgeNameOrIndexOf),
    edgeTarget: digest(graph.edgeTargetOf),
    locationNode: digest(locations.nodeOf),
    locationScript: digest(locations.scriptIdOf),
    locationLine: digest(locations.lineOf),
    locationColumn: digest(locations.columnOf),
    strings: texts.digest('hex'),
    ...(traces && {
      trace: digest(traces.traceIdOf),
      ...digests(traces.tree),
      ...digests(traces.functions),
    }),
  };
}
