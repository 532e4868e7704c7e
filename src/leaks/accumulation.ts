import type { WholeNumbers } from '../heap/column';
import type { HeapGraph } from '../heap/heapGraph';
import type { NodeKinds } from './nodeKinds';
import { PathSignatures } from './pathSignature';
import type { PathTree } from './pathTree';

/** One kind of object that piles up in an accumulation. */
export interface UnitClass {
  /** The object of this class that is nearest to the root. */
  readonly example: number;
  /** Objects by the round they were born in; index 0 is unused. */
  readonly counts: Float64Array;
}

/**
 * Where objects of later rounds hang on objects that were there from the start: all owners whose
 * retaining paths have the same structure, such as the arrays of every user in one map.
 */
export interface Accumulation {
  /** The old object that most new ones hang on. */
  readonly owner: number;
  readonly ownerCount: number;
  readonly units: readonly UnitClass[];
  /** Shallow bytes of all new objects below, by birth round; index 0 is unused. */
  readonly bytes: Float64Array;
}

interface Group {
  readonly owners: Map<number, number>;
  readonly units: Map<string, UnitClass>;
  readonly bytes: Float64Array;
}

/**
 * Finds accumulations: every object born after the baseline is charged to the last old object on
 * its retaining path. V8's storage between the two (a table that was reallocated) belongs to its
 * owner. A *unit* is the first real object below an owner: the thing that was put in.
 * @param selfSizes Shallow bytes by node.
 * @param births Birth round by node, see `birthRounds`.
 */
export function findAccumulations(
  graph: HeapGraph,
  selfSizes: WholeNumbers,
  tree: PathTree,
  kinds: NodeKinds,
  births: Uint8Array,
  rounds: number,
): Accumulation[] {
  const signatures = new PathSignatures(graph, tree);
  const groups: Group[] = [];
  const groupByKey = new Map<string, number>();
  const groupOf = new Int32Array(graph.nodeCount).fill(-1);
  const unitOf = new Int32Array(graph.nodeCount).fill(-1);

  /** The object that `node` was put into, and by what kind of edge. */
  const ownerOf = (node: number): { owner: number; place: string } => {
    let child = node;
    let owner = tree.parentNodeOf[node];
    while (kinds.isStorage(owner) && tree.parentNodeOf[owner] >= 0) {
      child = owner;
      owner = tree.parentNodeOf[owner]!;
    }
    if (!linksToItsKind(graph, node)) {
      return { owner, place: signatures.edgeKind(owner, tree.parentEdgeOf[child]) };
    }
    // Inside a linked list every element but the first is held by another one: name its head.
    while (graph.nodeNameOf[owner] === graph.nodeNameOf[node] && tree.parentNodeOf[owner] >= 0) {
      owner = tree.parentNodeOf[owner]!;
    }
    return { owner, place: `chain of ${graph.nodeName(node)}` };
  };

  const groupFor = (node: number): number => {
    const { owner, place } = ownerOf(node);
    const key = `${signatures.of(owner)} ${place}`;
    let index = groupByKey.get(key);
    if (index === undefined) {
      index = groups.length;
      groupByKey.set(key, index);
      groups.push({ owners: new Map(), units: new Map(), bytes: new Float64Array(rounds + 1) });
    }
    const { owners } = groups[index];
    owners.set(owner, (owners.get(owner) ?? 0) + 1);
    return index;
  };

  const startsUnit = (node: number, parent: number): boolean => {
    if (kinds.isStorage(node)) return false;
    if (births[parent] === 0 || unitOf[parent] === -1) return true;
    return repeatsAncestor(node);
  };

  /** True inside linked lists and chains, where each element hangs on the one before. */
  const repeatsAncestor = (node: number): boolean => {
    if (kinds.isValue(node) || kinds.isContext(node)) return false;
    const step = signatures.stepTo(node);
    if (step.startsWith('[*]')) return false;
    let at = tree.parentNodeOf[node];
    for (let up = 0; up < 4 && at >= 0 && births[at] > 0; up++, at = tree.parentNodeOf[at]!) {
      if (signatures.stepTo(at) === step) return true;
    }
    return false;
  };

  for (const node of tree.order) {
    const birth = births[node];
    const parent = tree.parentNodeOf[node];
    if (birth === 0 || parent < 0) continue;
    const index = births[parent] === 0 ? groupFor(node) : groupOf[parent];
    groupOf[node] = index;
    const group = groups[index];
    group.bytes[birth] += selfSizes[node];
    if (startsUnit(node, parent)) {
      unitOf[node] = node;
      countUnit(graph, group, node, birth, rounds);
    } else {
      unitOf[node] = births[parent] === 0 ? -1 : unitOf[parent];
    }
  }
  return groups.map(toAccumulation);
}

function countUnit(
  graph: HeapGraph,
  group: Group,
  node: number,
  birth: number,
  rounds: number,
): void {
  const type = graph.nodeTypeOf[node];
  // Closures, strings and code carry their own text as name: their type is their class.
  const named = graph.nodeType(node) === 'object' || graph.nodeType(node) === 'native';
  const key = named ? `${type} ${graph.nodeNameOf[node]}` : `${type}`;
  let unit = group.units.get(key);
  if (!unit) {
    unit = { example: node, counts: new Float64Array(rounds + 1) };
    group.units.set(key, unit);
  }
  unit.counts[birth]++;
}

function toAccumulation(group: Group): Accumulation {
  let owner = -1;
  let most = 0;
  for (const [node, held] of group.owners) {
    if (held > most) [owner, most] = [node, held];
  }
  return {
    owner,
    ownerCount: group.owners.size,
    units: [...group.units.values()],
    bytes: group.bytes,
  };
}

/** True if `node` is in a linked list: its `next` is of its kind and has such a `next` as well. */
function linksToItsKind(graph: HeapGraph, node: number): boolean {
  for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
    const next = graph.edgeTargetOf[edge];
    if (next === node || !isSameKind(graph, node, next)) continue;
    if (graph.edgeType(edge) !== 'property' || graph.edgeName(edge) === '__proto__') continue;
    const name = graph.edgeNameOrIndexOf[edge];
    for (let e = graph.firstEdgeOf[next]; e < graph.firstEdgeOf[next + 1]; e++) {
      const sameLink = graph.edgeNameOrIndexOf[e] === name && graph.edgeType(e) === 'property';
      if (sameLink && isSameKind(graph, node, graph.edgeTargetOf[e])) return true;
    }
  }
  return false;
}

function isSameKind(graph: HeapGraph, a: number, b: number): boolean {
  return graph.nodeNameOf[a] === graph.nodeNameOf[b] && graph.nodeTypeOf[a] === graph.nodeTypeOf[b];
}
