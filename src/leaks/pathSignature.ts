import type { HeapGraph } from '../heap/heapGraph';
import type { NodeKinds } from './nodeKinds';
import type { PathTree } from './pathTree';
import { scopeVariable } from './scopeVariable';

/** Objects with more properties than this are dictionaries: their keys are data, not structure. */
const MAX_FIELDS = 40;
/** Steps within which a repetition counts as "more of the same", as in `next.next.next`. */
const REPEAT_WINDOW = 4;

/** V8's links to where entries lie, and those out of there; entries may be linked directly as well. */
const ENTRIES = /^(\d.*|elements|properties|table)$/;

interface Signature {
  readonly id: number;
  readonly parent: Signature | undefined;
  readonly step: string;
}

/**
 * Gives nodes with paths of the same structure the same signature: indexes and keys are left out,
 * repetitions (linked lists, trees, promise chains) are folded.
 */
export class PathSignatures {
  private readonly byNode = new Map<number, Signature>();
  private readonly interned = new Map<string, Signature>();
  private readonly root: Signature = { id: 0, parent: undefined, step: '' };

  constructor(
    private readonly graph: HeapGraph,
    private readonly tree: PathTree,
    private readonly kinds: NodeKinds,
  ) {}

  /** A number that two nodes share exactly if their paths have the same structure. */
  of(node: number): number {
    const pending: number[] = [];
    let at = node;
    while (at >= 0 && !this.byNode.has(at)) {
      pending.push(at);
      at = this.tree.parentNodeOf[at]!;
    }
    let signature = at >= 0 ? this.byNode.get(at)! : this.root;
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      signature = this.extend(signature, this.stepTo(next));
      this.byNode.set(next, signature);
    }
    return signature.id;
  }

  /** The structural step by which a path reaches `node`. */
  stepTo(node: number): string {
    const edge = this.tree.parentEdgeOf[node];
    if (edge < 0) return '';
    return `${this.edgeKind(this.tree.parentNodeOf[node], edge)} ${this.classKey(node)}`;
  }

  /** Edge name without keys and indexes. */
  edgeKind(source: number, edge: number): string {
    const type = this.graph.edgeType(edge);
    const variable = scopeVariable(this.graph, source, edge);
    if (variable !== undefined) return `context:${variable}`;
    // V8 numbers the fields of its own objects too, such as those of a promise's reaction.
    if (this.graph.edgeNameIsIndex(edge) && type !== 'hidden') return '[*]';
    const name = this.graph.edgeName(edge);
    if (type === 'internal' && ENTRIES.test(name)) return '[*]';
    if (type === 'property' && this.isDictionary(source)) return '[*]';
    return `${type}:${name}`;
  }

  private isDictionary(node: number): boolean {
    const { firstEdgeOf } = this.graph;
    const plain = this.graph.nodeType(node) === 'object' && !this.kinds.isGlobal(node);
    return plain && firstEdgeOf[node + 1] - firstEdgeOf[node] > MAX_FIELDS;
  }

  private classKey(node: number): string {
    const type = this.graph.nodeType(node);
    return type === 'object' || type === 'native' ? this.graph.nodeName(node) : `(${type})`;
  }

  private extend(signature: Signature, step: string): Signature {
    let at: Signature | undefined = signature;
    for (let i = 0; i < REPEAT_WINDOW && at; i++, at = at.parent) if (at.step === step) return at;
    const key = `${signature.id} ${step}`;
    let found = this.interned.get(key);
    if (!found) {
      found = { id: this.interned.size + 1, parent: signature, step };
      this.interned.set(key, found);
    }
    return found;
  }
}
