import { BitSet } from './bitSet';
import { sharedNumbers, type WholeNumbers } from './column';
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
 * @param scratch an array to work in, one entry or more for each node
 * @returns by node; wide enough for sums of the sizes too
 */
export function computeShallowSizes(
  graph: HeapGraph,
  detachednessOf: Uint8Array,
  scratch: Uint32Array = new Uint32Array(graph.nodeCount),
): WholeNumbers {
  const { nodeCount, selfSizeOf } = graph;
  let total = 0;
  for (let node = 0; node < nodeCount; node++) total += selfSizeOf[node];
  const sizes = sharedNumbers(nodeCount, total);
  sizes.set(selfSizeOf);
  // Without user roots the snapshot was taken to look at V8's internals: they are shown as they are.
  if (!hasUserRoots(graph)) return sizes;
  const ownable = findOwnable(graph, detachednessOf);
  const ownerOf = scratch;
  findOwners(graph, ownable, ownerOf);
  const synthetic = graph.nodeTypes.indexOf('synthetic');
  for (let node = 0; node < nodeCount; node++) {
    if (!ownable.has(node)) continue;
    const owner = ownerOf[node];
    if (owner === NO_OWNER || owner === SEVERAL_OWNERS) continue;
    if (owner === ROOT || graph.nodeTypeOf[owner] === synthetic) continue;
    sizes[owner] += sizes[node];
    sizes[node] = 0;
  }
  return sizes;
}

function findOwnable(graph: HeapGraph, detachednessOf: Uint8Array): BitSet {
  const { nodeCount, nodeTypeOf, nodeNameOf } = graph;
  const hidden = graph.nodeTypes.indexOf('hidden');
  const array = graph.nodeTypes.indexOf('array');
  const native = graph.nodeTypes.indexOf('native');
  const externalData = graph.strings.indexOf('system / ExternalStringData');
  const ownable = new BitSet(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const type = nodeTypeOf[node];
    const canBeOwned =
      type === hidden ||
      type === array ||
      (type === native &&
        nodeNameOf[node] === externalData &&
        !isDetached(graph, node, detachednessOf));
    if (canBeOwned) ownable.add(node);
  }
  return ownable;
}

/**
 * Gives `ownerOf`, by node that can be owned, the one object that reaches it over others like it, or
 * how many do.
 */
function findOwners(graph: HeapGraph, ownable: BitSet, ownerOf: Uint32Array): void {
  const { nodeCount, firstEdgeOf, edgeTypeOf, edgeTargetOf } = graph;
  const weak = graph.edgeTypes.indexOf('weak');
  ownerOf.fill(NO_OWNER);
  // A node is in it at most twice: at its first and at its second owner.
  const pending: number[] = [];
  for (let owner = 0; owner < nodeCount; owner++) {
    if (ownable.has(owner)) continue;
    pending.push(owner);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      // What another object turned out to own as well is spread by that one as SEVERAL_OWNERS.
      const ownerHere = node === owner ? owner : ownerOf[node];
      const end = firstEdgeOf[node + 1];
      for (let edge = firstEdgeOf[node]; edge < end; edge++) {
        const target = edgeTargetOf[edge];
        if (!ownable.has(target)) continue;
        const current = ownerOf[target];
        if (current === ownerHere || current === SEVERAL_OWNERS) continue;
        if (edgeTypeOf[edge] === weak) continue;
        ownerOf[target] = current === NO_OWNER ? ownerHere : SEVERAL_OWNERS;
        pending.push(target);
      }
    }
  }
}
