import type { WholeNumbers } from './column';
import type { DominatorTree } from './dominators';

/**
 * Bytes that would be freed with each node: its own shallow size and those of all nodes it
 * dominates.
 *
 * @param shallowSizes bytes, by node; wide enough for their sum
 */
export function computeRetainedSizes(
  tree: DominatorTree,
  shallowSizes: WholeNumbers,
): WholeNumbers {
  const { dominatorOf, order } = tree;
  const retainedSizes = shallowSizes.slice();
  // Bottom up, without the root, which comes first.
  for (let at = order.length - 1; at > 0; at--) {
    const node = order[at];
    retainedSizes[dominatorOf[node]] += retainedSizes[node];
  }
  return retainedSizes;
}
