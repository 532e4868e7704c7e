import type { HeapGraph } from '../heap/heapGraph';
import type { NodeKinds } from './nodeKinds';
import { PathSignatures } from './pathSignature';
import type { PathTree } from './pathTree';

/** One kind of object that piles up in an accumulation. */
export interface UnitClass {
  /** The old object that most objects of this class hang on. */
  readonly owner: number;
  /** Of those, the object that is nearest to the root. */
  readonly example: number;
  /** Objects of all owners by the round they were born in; index 0 is unused. */
  readonly counts: Float64Array;
}

/**
 * How owners hold what was put in: in one variable or field, in many entries under indexes or keys,
 * or in a linked list, whose elements hold each other.
 */
export type Place = 'field' | 'entry' | 'list';

/**
 * Where objects of later rounds hang on objects that were there from the start: all owners whose
 * retaining paths have the same structure, such as the arrays of every user in one map.
 */
export interface Accumulation {
  readonly owners: ReadonlySet<number>;
  readonly place: Place;
  readonly units: readonly UnitClass[];
  /** Shallow bytes of all new objects below, by birth round; index 0 is unused. */
  readonly bytes: Float64Array;
}

interface Group {
  readonly owners: Set<number>;
  readonly place: Place;
  readonly units: Map<string, UnitTally>;
  readonly bytes: Float64Array;
}

interface UnitTally {
  readonly counts: Float64Array;
  /** By owner. */
  readonly heldBy: Map<number, { count: number; readonly example: number }>;
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
  selfSizes: Float64Array,
  tree: PathTree,
  kinds: NodeKinds,
  births: Uint16Array,
  rounds: number,
): Accumulation[] {
  const signatures = new PathSignatures(graph, tree, kinds);
  const groups: Group[] = [];
  const groupByKey = new Map<string, number>();
  const groupOf = new Int32Array(graph.nodeCount).fill(-1);
  const ownerOf = new Int32Array(graph.nodeCount).fill(-1);
  const unitOf = new Int32Array(graph.nodeCount).fill(-1);
  const listHolderOf = findListHolders(graph, tree);

  /** Starts or joins the group of a new object that hangs on an old one. */
  const joinGroup = (node: number): void => {
    const { owner, place, kind } = whereIsPut(node);
    const key = `${signatures.of(owner)} ${kind}`;
    let index = groupByKey.get(key);
    if (index === undefined) {
      index = groups.length;
      groupByKey.set(key, index);
      const bytes = new Float64Array(rounds + 1);
      groups.push({ owners: new Set(), place, units: new Map(), bytes });
    }
    groups[index].owners.add(owner);
    groupOf[node] = index;
    ownerOf[node] = owner;
  };

  /** The object that `node` was put into, how, and what other objects put in alike have in common. */
  const whereIsPut = (node: number): { owner: number; place: Place; kind: string } => {
    const listed = listLinkOf(graph, node) >= 0;
    let child = node;
    let owner = tree.parentNodeOf[node];
    // Every element of a linked list but the first is held by another one: the list's holder owns.
    if (listed && graph.nodeNameOf[owner] === graph.nodeNameOf[node]) owner = listHolderOf[owner];
    while (kinds.isStorage(owner) && tree.parentNodeOf[owner] >= 0) {
      child = owner;
      owner = tree.parentNodeOf[owner]!;
    }
    if (listed) return { owner, place: 'list', kind: `chain of ${graph.nodeName(node)}` };
    const kind = signatures.edgeKind(owner, tree.parentEdgeOf[child]);
    return { owner, place: /^(context|property):/.test(kind) ? 'field' : 'entry', kind };
  };

  const startsUnit = (node: number, parent: number): boolean => {
    if (kinds.isStorage(node)) return false;
    if (births[parent] === 0 || unitOf[parent] === -1) return true;
    return continuesList(node, parent) || repeatsAncestor(node);
  };

  const continuesList = (node: number, parent: number): boolean =>
    isSameKind(graph, node, parent) &&
    graph.edgeNameOrIndexOf[tree.parentEdgeOf[node]] === listLinkOf(graph, parent);

  /** True inside chains, where each element hangs on the one before, by one edge or by several. */
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
    if (births[parent] === 0) joinGroup(node);
    else [groupOf[node], ownerOf[node]] = [groupOf[parent], ownerOf[parent]];
    const group = groups[groupOf[node]];
    group.bytes[birth] += selfSizes[node];
    if (startsUnit(node, parent)) {
      unitOf[node] = node;
      const tally = tallyFor(graph, group, node, rounds);
      tally.counts[birth]++;
      const held = tally.heldBy.get(ownerOf[node]);
      if (held) held.count++;
      else tally.heldBy.set(ownerOf[node], { count: 1, example: node });
    } else {
      unitOf[node] = births[parent] === 0 ? -1 : unitOf[parent];
    }
  }
  return groups.map(toAccumulation);
}

function tallyFor(graph: HeapGraph, group: Group, node: number, rounds: number): UnitTally {
  const type = graph.nodeTypeOf[node];
  // Closures, strings and code carry their own text as name: their type is their class.
  const named = graph.nodeType(node) === 'object' || graph.nodeType(node) === 'native';
  const key = named ? `${type} ${graph.nodeNameOf[node]}` : `${type}`;
  let tally = group.units.get(key);
  if (!tally) {
    tally = { counts: new Float64Array(rounds + 1), heldBy: new Map() };
    group.units.set(key, tally);
  }
  return tally;
}

function toAccumulation({ owners, place, units, bytes }: Group): Accumulation {
  return { owners, place, units: [...units.values()].map(toUnitClass), bytes };
}

function toUnitClass({ counts, heldBy }: UnitTally): UnitClass {
  let [owner, example, most] = [-1, -1, 0];
  for (const [holder, held] of heldBy) {
    if (held.count > most) [owner, example, most] = [holder, held.example, held.count];
  }
  return { owner, example, counts };
}

/** By node: the nearest node above it on its path that has another name. */
function findListHolders(graph: HeapGraph, tree: PathTree): Int32Array {
  const holderOf = new Int32Array(graph.nodeCount).fill(-1);
  for (const node of tree.order) {
    const parent = tree.parentNodeOf[node];
    const alike = parent > 0 && graph.nodeNameOf[parent] === graph.nodeNameOf[node];
    holderOf[node] = alike ? holderOf[parent] : Math.max(0, parent);
  }
  return holderOf;
}

/** An object with more edges refers to much else: it is no element of a list. */
const MAX_ELEMENT_EDGES = 40;

/**
 * Name of the edge (string index) that makes `node` an element of a linked list: it leads to one of
 * its kind that has such an edge as well. -1 if there is none.
 */
function listLinkOf(graph: HeapGraph, node: number): number {
  if (hasManyEdges(graph, node)) return -1;
  for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
    const next = graph.edgeTargetOf[edge];
    if (next === node || !isSameKind(graph, node, next) || hasManyEdges(graph, next)) continue;
    if (graph.edgeType(edge) !== 'property' || graph.edgeName(edge) === '__proto__') continue;
    const name = graph.edgeNameOrIndexOf[edge];
    for (let e = graph.firstEdgeOf[next]; e < graph.firstEdgeOf[next + 1]; e++) {
      const sameLink = graph.edgeNameOrIndexOf[e] === name && graph.edgeType(e) === 'property';
      if (sameLink && isSameKind(graph, node, graph.edgeTargetOf[e])) return name;
    }
  }
  return -1;
}

function hasManyEdges(graph: HeapGraph, node: number): boolean {
  return graph.firstEdgeOf[node + 1] - graph.firstEdgeOf[node] > MAX_ELEMENT_EDGES;
}

function isSameKind(graph: HeapGraph, a: number, b: number): boolean {
  return graph.nodeNameOf[a] === graph.nodeNameOf[b] && graph.nodeTypeOf[a] === graph.nodeTypeOf[b];
}
