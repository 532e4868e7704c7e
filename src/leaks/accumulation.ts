import type { WholeNumbers } from '../heap/column';
import type { HeapGraph } from '../heap/heapGraph';
import { Chains } from './chains';
import { findListHolders, listLinkOf } from './linkedLists';
import type { NodeKinds } from './nodeKinds';
import { PathSignatures } from './pathSignature';
import type { PathTree } from './pathTree';

/** One kind of object that piles up in an accumulation. */
export interface UnitClass {
  /** The old object that most objects of this class hang on. */
  readonly owner: number;
  /** Some of those, the one nearest to the root first; at least one. */
  readonly examples: readonly number[];
  /**
   * Objects of all owners by the round they were born in; index 0 is unused. An object that replaced
   * another one and took over what that held counts for the round that the first was born in.
   */
  readonly counts: Float64Array;
  /** True if these hang on each other. */
  readonly isChained: boolean;
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
  readonly isChained: boolean;
  /** By owner. */
  readonly heldBy: Map<number, { count: number; readonly examples: number[] }>;
}

/** Objects of one class and owner that are kept as examples. */
const MAX_EXAMPLES = 8;

/** A new object that has taken over so many older ones stands for the container that it replaced. */
const MIN_TAKEN_OVER = 5;

/** Where objects pile up, and which new object belongs where. */
export interface Accumulations {
  readonly list: readonly Accumulation[];
  /** Index in `list` by node; -1 for old and unreachable nodes. */
  readonly indexOf: Int32Array;
}

/**
 * Finds accumulations: every object born after the baseline is charged to the last old object on
 * its retaining path. V8's storage between the two (a table that was reallocated) belongs to its
 * owner. A *unit* is the first real object below an owner: the thing that was put in.
 */
export class AccumulationFinder {
  private readonly signatures: PathSignatures;
  private readonly chains: Chains;
  private readonly listHolderOf: Int32Array;

  /** @param selfSizes Shallow bytes by node. */
  constructor(
    private readonly graph: HeapGraph,
    private readonly selfSizes: WholeNumbers,
    private readonly tree: PathTree,
    private readonly kinds: NodeKinds,
  ) {
    this.signatures = new PathSignatures(graph, tree, kinds);
    this.chains = new Chains(graph, tree, kinds, this.signatures);
    this.listHolderOf = findListHolders(graph, tree);
  }

  /**
   * @param births Birth round by node, see `birthRounds`: what was born in round 0 is old.
   * @param rounds The last birth round.
   */
  find(births: Uint16Array, rounds: number): Accumulations {
    const { graph, tree, kinds, signatures, chains, listHolderOf } = this;
    const pass = new Pass(
      ...([graph, tree, kinds, signatures, chains, listHolderOf] as const),
      births,
      rounds,
    );
    return pass.run(this.selfSizes);
  }
}

/** One pass over all new objects. */
class Pass {
  private readonly groups: Group[] = [];
  private readonly groupByKey = new Map<string, number>();
  private readonly groupOf: Int32Array;
  private readonly ownerOf: Int32Array;
  /** The unit that a new node belongs to; -1 for storage above all units. */
  private readonly unitOf: Int32Array;
  /** Units in the order of the tree. */
  private readonly units: number[] = [];
  private readonly chainedUnits = new Set<number>();
  /** New objects that replaced a container, as in `all = [...all, one]`. */
  private readonly replacements: ReadonlySet<number>;

  constructor(
    private readonly graph: HeapGraph,
    private readonly tree: PathTree,
    private readonly kinds: NodeKinds,
    private readonly signatures: PathSignatures,
    private readonly chains: Chains,
    private readonly listHolderOf: Int32Array,
    private readonly births: Uint16Array,
    private readonly rounds: number,
  ) {
    this.groupOf = new Int32Array(graph.nodeCount).fill(-1);
    this.ownerOf = new Int32Array(graph.nodeCount).fill(-1);
    this.unitOf = new Int32Array(graph.nodeCount).fill(-1);
    this.replacements = findReplacements(tree, births);
  }

  run(selfSizes: WholeNumbers): Accumulations {
    const { births, tree } = this;
    for (const node of tree.order) {
      const parent = tree.parentNodeOf[node];
      if (births[node] === 0 || parent < 0) continue;
      if (births[parent] === 0) this.joinGroup(node);
      else this.follow(node, parent);
      this.groups[this.groupOf[node]].bytes[births[node]] += selfSizes[node];
      if (this.startsUnit(node, parent)) this.startUnit(node);
    }
    this.countUnits();
    return { list: this.groups.map(toAccumulation), indexOf: this.groupOf };
  }

  /** Starts or joins the group of a new object that hangs on an old one. */
  private joinGroup(node: number): void {
    const { owner, place, kind } = this.whereIsPut(node);
    const key = `${this.signatures.of(owner)} ${kind}`;
    let index = this.groupByKey.get(key);
    if (index === undefined) {
      index = this.groups.length;
      this.groupByKey.set(key, index);
      const bytes = new Float64Array(this.rounds + 1);
      this.groups.push({ owners: new Set(), place, units: new Map(), bytes });
    }
    this.groups[index].owners.add(owner);
    this.groupOf[node] = index;
    this.ownerOf[node] = owner;
  }

  /** What hangs on a new object belongs where that belongs. */
  private follow(node: number, parent: number): void {
    this.groupOf[node] = this.groupOf[parent];
    this.ownerOf[node] = this.ownerOf[parent];
    this.unitOf[node] = this.unitOf[parent];
  }

  /** The object that `node` was put into, how, and what other objects put in alike have in common. */
  private whereIsPut(node: number): { owner: number; place: Place; kind: string } {
    const { graph, tree, kinds } = this;
    const listed = listLinkOf(graph, node) >= 0;
    let child = node;
    let owner = tree.parentNodeOf[node];
    // Every element of a linked list but the first is held by another one: the list's holder owns.
    const chained = listed && graph.nodeNameOf[owner] === graph.nodeNameOf[node];
    if (chained) owner = this.listHolderOf[owner];
    while (kinds.isStorage(owner) && tree.parentNodeOf[owner] >= 0) {
      child = owner;
      owner = tree.parentNodeOf[owner];
    }
    if (listed) return { owner, place: 'list', kind: `chain of ${graph.nodeName(node)}` };
    const kind = this.signatures.edgeKind(owner, tree.parentEdgeOf[child]);
    return { owner, place: /^(context|property):/.test(kind) ? 'field' : 'entry', kind };
  }

  private startsUnit(node: number, parent: number): boolean {
    if (this.kinds.isStorage(node)) return false;
    if (this.births[parent] === 0 || this.unitOf[parent] === -1)
      return !this.replacements.has(node);
    const before = this.chains.elementBefore(node, this.births);
    if (before < 0) return false;
    this.chainedUnits.add(node).add(before);
    return true;
  }

  private startUnit(node: number): void {
    this.unitOf[node] = node;
    this.units.push(node);
  }

  private countUnits(): void {
    const oldest = this.oldestByUnit();
    for (const node of this.units) {
      const isChained = this.chainedUnits.has(node);
      const group = this.groups[this.groupOf[node]];
      const tally = tallyFor(this.graph, group, node, isChained, this.rounds);
      tally.counts[oldest[node]]++;
      const held = tally.heldBy.get(this.ownerOf[node]);
      if (held) addExample(held, node);
      else tally.heldBy.set(this.ownerOf[node], { count: 1, examples: [node] });
    }
  }

  /** By unit the earliest round in which a part of it was born: what holds it may have changed. */
  private oldestByUnit(): Uint16Array {
    const oldest = this.births.slice();
    for (const node of this.tree.order) {
      const unit = this.unitOf[node];
      if (unit >= 0 && this.births[node] < oldest[unit]) oldest[unit] = this.births[node];
    }
    return oldest;
  }
}

/** New nodes that hold several others which are new as well, but older than they are. */
function findReplacements({ order, parentNodeOf }: PathTree, births: Uint16Array): Set<number> {
  const takenOver = new Map<number, number>();
  for (const node of order) {
    const parent = parentNodeOf[node];
    if (parent < 0 || births[node] === 0 || births[node] >= births[parent]) continue;
    takenOver.set(parent, (takenOver.get(parent) ?? 0) + 1);
  }
  const found = new Set<number>();
  for (const [node, count] of takenOver) if (count >= MIN_TAKEN_OVER) found.add(node);
  return found;
}

function tallyFor(
  graph: HeapGraph,
  group: Group,
  node: number,
  isChained: boolean,
  rounds: number,
): UnitTally {
  const type = graph.nodeTypeOf[node];
  // Closures, strings and code carry their own text as name: their type is their class.
  const named = graph.nodeType(node) === 'object' || graph.nodeType(node) === 'native';
  const key = `${isChained} ${type} ${named ? graph.nodeNameOf[node] : ''}`;
  let tally = group.units.get(key);
  if (!tally) {
    tally = { counts: new Float64Array(rounds + 1), isChained, heldBy: new Map() };
    group.units.set(key, tally);
  }
  return tally;
}

function toAccumulation({ owners, place, units, bytes }: Group): Accumulation {
  return { owners, place, units: [...units.values()].map(toUnitClass), bytes };
}

/** Keeps examples that lie far apart, so that they are not all of one round. */
function addExample(held: { count: number; readonly examples: number[] }, node: number): void {
  held.count++;
  const isPowerOf2 = (held.count & (held.count - 1)) === 0;
  if (held.examples.length < MAX_EXAMPLES && isPowerOf2) held.examples.push(node);
}

function toUnitClass({ counts, isChained, heldBy }: UnitTally): UnitClass {
  let most = { owner: -1, count: 0, examples: [] as number[] };
  for (const [owner, held] of heldBy) if (held.count > most.count) most = { owner, ...held };
  const { owner, examples } = most;
  return { owner, examples, counts, isChained };
}
