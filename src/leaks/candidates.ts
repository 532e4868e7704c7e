import { formatBytes, formatCount } from '../base/bytes';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import type {
  Accumulation,
  AccumulationFinder,
  Accumulations,
  Place,
  UnitClass,
} from './accumulation';
import { foldCandidates } from './foldCandidates';
import { judgeGrowth, type Growth } from './growth';
import { curveOfBirths, curveOfLevels } from './growthCurve';
import type { GrowthCurve } from './leakReport';
import type { NativeGrowth } from './nativeGrowth';
import type { NodeKinds } from './nodeKinds';
import type { PathTree } from './pathTree';
import type { SizeGrowth } from './sizeGrowth';
import type { SnapshotDigest } from './snapshotDigest';

/** Growth below both of these is not worth a person's time. */
const MIN_COUNT_PER_ROUND = 5;
const MIN_BYTES_PER_ROUND = 64 * 1024;
/** Growth in doubt that is smaller than this part of the first candidate is worth no further round. */
const MIN_SHARE = 0.02;
/** In fewer entries than this the first few, which are not counted, make a difference. */
const MIN_ENTRIES = 150;
/** Plain values and scopes come along with what is counted: they weigh little against real objects. */
const VALUE_WEIGHT = 0.02;
/** What was put in comes before what it may hold in a chain, unless the chain is all that grows. */
const CHAIN_WEIGHT = 0.5;

/** Something that grows, before it is put into words. */
export interface Candidate {
  readonly owner: number;
  readonly place: Place;
  /** Objects to show paths for, the one nearest to the root first; at least one. */
  readonly examples: readonly number[];
  /** Of the objects that pile up, if there is no example of them. */
  readonly className?: string;
  /** How many containers of one kind grow alike; `owner` is one of them. */
  readonly containers: number;
  /** 0 if it grows in size, not in number. */
  readonly countPerRound: number;
  readonly bytesPerRound: number;
  readonly growth: GrowthCurve;
  /** 0..1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
}

export interface Candidates {
  /** Best first. */
  readonly list: readonly Candidate[];
  /** True if something grows that another round would tell more about. */
  readonly inDoubt: boolean;
}

/** Judges what grows. */
export class CandidateFinder {
  private readonly found: Candidate[] = [];
  /** Owners of which the objects were counted. */
  private readonly counted = new Set<number>();
  /** Which accumulations of which pass became candidates. */
  private readonly passes: { readonly indexOf: Int32Array; readonly believed: Set<number> }[] = [];
  private doubtfulBytes = 0;

  constructor(
    private readonly snapshot: HeapSnapshot,
    private readonly tree: PathTree,
    private readonly kinds: NodeKinds,
    private readonly accumulations: AccumulationFinder,
    private readonly digests: readonly SnapshotDigest[],
  ) {}

  /**
   * @param births Birth round by node, see `birthRounds`.
   * @param rounds The last birth round.
   */
  find(
    births: Uint16Array,
    rounds: number,
    sizes: readonly SizeGrowth[],
    natives: readonly NativeGrowth[],
  ): Candidates {
    this.judgeCounts(this.accumulations.find(births, rounds), () => true);
    for (let since = 1; since <= rounds - 2; since++) this.findYoung(births, rounds, since);
    // Containers whose objects were counted grow in size as well: that is no second finding.
    for (const size of sizes) if (!this.counted.has(size.owner)) this.found.push(judgeSize(size));
    for (const native of natives) this.judgeNative(native);
    const sorted = this.found.sort((a, b) => score(b) - score(a));
    const enough = (sorted[0]?.bytesPerRound ?? 0) * MIN_SHARE;
    return {
      list: foldCandidates(...([this.snapshot.graph, this.tree, this.kinds] as const), sorted),
      inDoubt: this.doubtfulBytes > enough,
    };
  }

  /**
   * Finds what piles up in containers that were themselves made in round `since`. To all that came
   * later they are old; what already is a part of a candidate is not looked at again.
   */
  private findYoung(births: Uint16Array, rounds: number, since: number): void {
    if (!this.hasYoungHolder(births, since)) return;
    const later = births.map((round) => Math.max(0, round - since));
    this.judgeCounts(this.accumulations.find(later, rounds - since), ({ owners }) =>
      isEvery(owners, (owner) => births[owner] > 0 && !this.isExplained(owner)),
    );
  }

  private hasYoungHolder(births: Uint16Array, since: number): boolean {
    const { parentNodeOf, order } = this.tree;
    for (const node of order) {
      if (births[node] > since && births[parentNodeOf[node]] === since) return true;
    }
    return false;
  }

  private isExplained(node: number): boolean {
    return this.passes.some(({ indexOf, believed }) => believed.has(indexOf[node]));
  }

  private judgeCounts(
    { list, indexOf }: Accumulations,
    isWanted: (accumulation: Accumulation) => boolean,
  ): void {
    const believed = new Set<number>();
    for (const [index, accumulation] of list.entries()) {
      const candidate = isWanted(accumulation) && this.judgeCount(accumulation);
      if (!candidate) continue;
      this.found.push(candidate);
      believed.add(index);
      for (const owner of accumulation.owners) this.counted.add(owner);
    }
    this.passes.push({ indexOf, believed });
  }

  private judgeCount(accumulation: Accumulation): Candidate | undefined {
    const main = this.mainUnit(accumulation.units);
    if (!main) return undefined;
    const { unit, growth } = main;
    const { perRound } = growth;
    const net = this.netGrowth(accumulation, unit.counts.length - 1);
    const confidence = Math.min(growth.confidence, net?.confidence ?? 1);
    const inDoubt = net ? growth.inDoubt && net.inDoubt : growth.inDoubt;
    const bytesPerRound = sum(accumulation.bytes) / (unit.counts.length - 1);
    if (perRound < MIN_COUNT_PER_ROUND && bytesPerRound < MIN_BYTES_PER_ROUND) return undefined;
    if (inDoubt) this.doubtfulBytes = Math.max(this.doubtfulBytes, bytesPerRound);
    if (confidence === 0 || this.isRootsOwnText(unit)) return undefined;
    return {
      owner: unit.owner,
      place: unit.isChained ? 'list' : accumulation.place,
      examples: unit.examples,
      containers: accumulation.owners.size,
      countPerRound: perRound,
      bytesPerRound,
      growth: curveOfBirths(unit.counts, accumulation.bytes, this.digests.length - 1),
      confidence,
      evidence: this.countEvidence(accumulation, unit, bytesPerRound),
    };
  }

  /** Strings that only V8's roots hold: nobody put them there, and nobody can take them away. */
  private isRootsOwnText({ owner, examples }: UnitClass): boolean {
    return this.snapshot.graph.nodeType(owner) === 'synthetic' && this.kinds.isText(examples[0]);
  }

  private judgeNative({ owner, className, counts, unitBytes }: NativeGrowth): void {
    const added = counts.map((count, at) => Math.max(0, count - (counts[at - 1] ?? count)));
    const { perRound, confidence } = judgeGrowth(Float64Array.from(added));
    if (confidence === 0 || perRound < MIN_COUNT_PER_ROUND) return;
    this.found.push({
      ...{ owner, place: 'entry', examples: [owner], containers: 1, className, confidence },
      countPerRound: perRound,
      bytesPerRound: perRound * unitBytes,
      growth: curveOfLevels(counts, unitBytes),
      evidence: [`${className} objects at each snapshot: ${counts.map(formatCount).join(', ')}.`],
    });
  }

  /**
   * How the containers grew in all, over the last `rounds`: in a full cache or queue the newest live
   * as in a leak, but as many old ones went. Undefined where there are too few entries to tell.
   */
  private netGrowth({ owners, place }: Accumulation, rounds: number): Growth | undefined {
    if (place !== 'entry') return undefined;
    const { nodeIdOf } = this.snapshot.graph;
    const entries = this.digests.slice(-rounds - 1).map(({ entriesById }) => {
      let total = 0;
      for (const owner of owners) total += entriesById.get(nodeIdOf[owner]) ?? 0;
      return total;
    });
    if (entries[rounds] < MIN_ENTRIES) return undefined;
    const added = entries.map((total, at) => Math.max(0, total - (entries[at - 1] ?? total)));
    return judgeGrowth(Float64Array.from(added));
  }

  /** What was put in: real objects before the strings and numbers that came with them. */
  private mainUnit(units: readonly UnitClass[]): { unit: UnitClass; growth: Growth } | undefined {
    let most = -1;
    let main: { unit: UnitClass; growth: Growth } | undefined;
    for (const unit of units) {
      const [example] = unit.examples;
      const isPlain = this.kinds.isValue(example) || this.kinds.isContext(example);
      const growth = judgeGrowth(unit.counts);
      const kind = (isPlain ? VALUE_WEIGHT : 1) * (unit.isChained ? CHAIN_WEIGHT : 1);
      const weight = sum(unit.counts) * kind * (growth.confidence + 0.01);
      if (weight <= most) continue;
      most = weight;
      main = { unit, growth };
    }
    return main;
  }

  private countEvidence(
    { owners }: Accumulation,
    unit: UnitClass,
    bytesPerRound: number,
  ): string[] {
    const className = this.snapshot.className(unit.examples[0]);
    const counts = [...unit.counts.subarray(1)].map(formatCount).join(', ');
    const evidence = [
      `${className} objects born in each round and still alive at the end: ${counts}.`,
      `They keep ${formatBytes(bytesPerRound)} a round alive.`,
    ];
    if (owners.size > 1) evidence.push(`${formatCount(owners.size)} containers of this kind grow.`);
    return evidence;
  }
}

/** Growth in size alone has fewer witnesses than growth in number. */
function judgeSize({ owner, grown, bytes }: SizeGrowth): Candidate {
  const rounds = bytes.length - 1;
  return {
    owner,
    place: 'field',
    examples: [grown],
    containers: 1,
    countPerRound: 0,
    bytesPerRound: (bytes[rounds] - bytes[0]) / rounds,
    growth: { ...curveOfLevels(bytes, 1), counts: bytes.map(() => 0) },
    confidence: rounds < 3 ? 0.3 : rounds < 5 ? 0.6 : 0.85,
    evidence: [`Held at each snapshot: ${bytes.map(formatBytes).join(', ')}.`],
  };
}

function score({ confidence, bytesPerRound }: Candidate): number {
  return confidence * Math.log2(1 + bytesPerRound) ** 2;
}

function isEvery<T>(values: Iterable<T>, test: (value: T) => boolean): boolean {
  for (const value of values) if (!test(value)) return false;
  return true;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
