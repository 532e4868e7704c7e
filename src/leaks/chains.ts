import type { HeapGraph } from '../heap/heapGraph';
import { isSameKind, listLinkOf } from './linkedLists';
import type { NodeKinds } from './nodeKinds';
import type { PathSignatures } from './pathSignature';
import type { PathTree } from './pathTree';

/** Nodes up to this many steps above are looked at for a repetition. */
const REPEAT_WINDOW = 4;
/** Objects of one class that are nested so deep in entries of each other are a list. */
const LIST_NESTING = 6;

/** Knows the chains of a heap, in which each element hangs on the one before. */
export class Chains {
  constructor(
    private readonly graph: HeapGraph,
    private readonly tree: PathTree,
    private readonly kinds: NodeKinds,
    private readonly signatures: PathSignatures,
  ) {}

  /**
   * The element that a new node hangs on, by one edge or by several; -1 if it is in no chain.
   * @param births Birth round by node; old nodes are no elements.
   */
  elementBefore(node: number, births: Uint16Array): number {
    const { kinds, signatures, tree } = this;
    const parent = tree.parentNodeOf[node];
    if (this.continuesList(node, parent)) return parent;
    if (kinds.isValue(node) || kinds.isContext(node)) return -1;
    const step = signatures.stepTo(node);
    if (step.startsWith('[*]')) return this.nestedIn(node);
    let above = parent;
    for (let up = 0; up < REPEAT_WINDOW && above >= 0 && births[above] > 0; up++) {
      if (signatures.stepTo(above) === step) return above;
      above = tree.parentNodeOf[above];
    }
    return -1;
  }

  private continuesList(node: number, parent: number): boolean {
    const { graph, tree } = this;
    const link = graph.edgeNameOrIndexOf[tree.parentEdgeOf[node]];
    return isSameKind(graph, node, parent) && link === listLinkOf(graph, parent);
  }

  /** Arrays in arrays are data, but so many in each other are a list. */
  private nestedIn(node: number): number {
    const { graph, kinds, tree } = this;
    let nearest = -1;
    let above = node;
    for (let depth = 0; depth < LIST_NESTING; depth++) {
      do above = tree.parentNodeOf[above];
      while (above > 0 && kinds.isStorage(above));
      if (above <= 0 || !isSameKind(graph, above, node)) return -1;
      if (nearest < 0) nearest = above;
    }
    return nearest;
  }
}
