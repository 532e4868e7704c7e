import { isDetached } from './detachedness';
import type { HeapGraph } from './heapGraph';
import { ROOT, hasUserRoots } from './userRoots';

const NO_OWNER = 0xffffffff;
const SEVERAL_OWNERS = 0xfffffffe;

/**
 * Shallow sizes in bytes as DevTools shows them (HeapSnapshot.ts calculateShallowSizes): what V8
 * keeps beside an object and nobody else uses, such as the backing store of a Map, counts as a part
 * of that object. Nodes of type hidden and array and the data of external strings give their size
 * to their only owner and keep 0.
 *
 * @param detachednessOf see computeDetachedness: what is detached has another name, so that the
 *   data of a string no longer counts as such
 */
export function computeShallowSizes(graph: HeapGraph, detachednessOf: Uint8Array): Float64Array {
  const sizes = graph.selfSizeOf.slice();
  // Without user roots the snapshot was taken to look at V8's internals: they are shown as they are.
  if (!hasUserRoots(graph)) return sizes;
  const ownerOf = findOwners(graph, detachednessOf);
  const synthetic = graph.nodeTypes.indexOf('synthetic');
  for (let node = 0; node < graph.nodeCount; node++) {
    const owner = ownerOf[node];
    if (owner === node || owner === NO_OWNER || owner === SEVERAL_OWNERS) continue;
    if (owner === ROOT || graph.nodeTypeOf[owner] === synthetic) continue;
    sizes[owner] += sizes[node];
    sizes[node] = 0;
  }
  return sizes;
}

/** By node: itself, unless it can be owned; then the one object that reaches it, or how many do. */
function findOwners(graph: HeapGraph, detachednessOf: Uint8Array): Uint32Array {
  const { nodeCount, firstEdgeOf, edgeTypeOf, edgeTargetOf } = graph;
  const weak = graph.edgeTypes.indexOf('weak');
  const ownerOf = initialOwners(graph, detachednessOf);
  // A node that can be owned is pushed at most twice: at its first and at its second owner.
  const pending = new Uint32Array(2 * nodeCount);
  for (let start = 0; start < nodeCount; start++) {
    if (ownerOf[start] !== start) continue;
    pending[0] = start;
    let pendingCount = 1;
    while (pendingCount > 0) {
      const node = pending[--pendingCount];
      const owner = ownerOf[node];
      const end = firstEdgeOf[node + 1];
      for (let edge = firstEdgeOf[node]; edge < end; edge++) {
        const target = edgeTargetOf[edge];
        const current = ownerOf[target];
        if (current === target || current === owner || current === SEVERAL_OWNERS) continue;
        if (edgeTypeOf[edge] === weak) continue;
        ownerOf[target] = current === NO_OWNER ? owner : SEVERAL_OWNERS;
        pending[pendingCount++] = target;
      }
    }
  }
  return ownerOf;
}

function initialOwners(graph: HeapGraph, detachednessOf: Uint8Array): Uint32Array {
  const { nodeCount, nodeTypeOf, nodeNameOf } = graph;
  const hidden = graph.nodeTypes.indexOf('hidden');
  const array = graph.nodeTypes.indexOf('array');
  const native = graph.nodeTypes.indexOf('native');
  const externalData = graph.strings.indexOf('system / ExternalStringData');
  const ownerOf = new Uint32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const type = nodeTypeOf[node];
    const canBeOwned =
      type === hidden ||
      type === array ||
      (type === native &&
        nodeNameOf[node] === externalData &&
        !isDetached(graph, node, detachednessOf));
    ownerOf[node] = canBeOwned ? NO_OWNER : node;
  }
  return ownerOf;
}
