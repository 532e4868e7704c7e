import type { NodeOrdinal } from './heapGraph';
import { ROOT } from './userRoots';

/**
 * The dominator tree from the top: what each node dominates immediately, in file order. ROOT, which
 * nothing dominates, stands for "none".
 */
export class DominatedNodes {
  /** First of the nodes that this one dominates, by NodeOrdinal. */
  readonly firstOf: Uint32Array;
  /** Next node with the same dominator, by NodeOrdinal. */
  readonly nextOf: Uint32Array;

  /** @param dominatorOf NodeOrdinal of the immediate dominator, by node; the root is its own. */
  constructor(dominatorOf: Uint32Array) {
    this.firstOf = new Uint32Array(dominatorOf.length);
    this.nextOf = new Uint32Array(dominatorOf.length);
    for (let node: NodeOrdinal = dominatorOf.length - 1; node > ROOT; node--) {
      const dominator = dominatorOf[node];
      this.nextOf[node] = this.firstOf[dominator];
      this.firstOf[dominator] = node;
    }
  }
}
