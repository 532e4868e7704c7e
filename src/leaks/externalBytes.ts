import type { HeapGraph } from '../heap/heapGraph';

/**
 * Bytes that objects have outside of V8's heap, as far as a snapshot knows: what is behind
 * ArrayBuffers, and so behind Buffers, and what Node.js keeps for its own objects.
 */
export function externalBytes(graph: HeapGraph): number {
  const native = graph.nodeTypes.indexOf('native');
  let bytes = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeTypeOf[node] === native) bytes += graph.selfSizeOf[node];
  }
  return bytes;
}
