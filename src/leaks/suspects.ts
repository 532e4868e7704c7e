import { formatBytes, formatCount } from '../base/bytes';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { Accumulation, Place, UnitClass } from './accumulation';
import { AnchorFinder } from './anchors';
import { edgeWords } from './edgeWords';
import { judgeGrowth } from './growth';
import type { Anchor, Suspect, SuspectStep } from './leakAnalysis';
import type { LeakShape } from './leakReport';
import { leakShape } from './leakShape';
import type { NodeKinds } from './nodeKinds';
import type { PathTree } from './pathTree';
import { retainingChain, type ChainLink } from './retainingChain';
import type { SizeGrowth } from './sizeGrowth';

/** Growth below both of these is not worth a person's time. */
const MIN_COUNT_PER_ROUND = 5;
const MIN_BYTES_PER_ROUND = 64 * 1024;
/** A finding smaller than this part of the first is its side effect, or can wait for the next run. */
const MIN_SHARE = 0.02;
const MAX_SUSPECTS = 10;
/** Growth in size alone has fewer witnesses than growth in number. */
const SIZE_CONFIDENCE = 0.6;
/** Steps shown at each end of a path that is longer than both together. */
const PATH_END_STEPS = 24;

/** Something that grows, before it is put into words. */
interface Candidate {
  readonly owner: number;
  readonly place: Place;
  /** The object to show a path for. */
  readonly example: number;
  readonly countPerRound: number;
  readonly bytesPerRound: number;
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/** Judges what grows and describes what looks like a leak, best first. */
export class SuspectFinder {
  private readonly anchors: AnchorFinder;

  constructor(
    private readonly snapshot: HeapSnapshot,
    private readonly tree: PathTree,
    private readonly kinds: NodeKinds,
  ) {
    this.anchors = new AnchorFinder(snapshot, kinds);
  }

  find(accumulations: readonly Accumulation[], sizes: readonly SizeGrowth[]): Suspect[] {
    const candidates: Candidate[] = [];
    const counted = new Set<number>();
    for (const accumulation of accumulations) {
      const candidate = this.judgeCount(accumulation);
      if (!candidate) continue;
      candidates.push(candidate);
      for (const owner of accumulation.owners) counted.add(owner);
    }
    // Containers whose objects were counted grow in size as well: that is no second finding.
    candidates.push(...this.judgeSizes(sizes.filter(({ owner }) => !counted.has(owner))));
    candidates.sort((a, b) => score(b) - score(a));
    const enough = (candidates[0]?.bytesPerRound ?? 0) * MIN_SHARE;
    return candidates
      .filter(({ bytesPerRound }) => bytesPerRound >= enough)
      .slice(0, MAX_SUSPECTS)
      .map((candidate) => this.describe(candidate));
  }

  private judgeCount(accumulation: Accumulation): Candidate | undefined {
    const unit = this.mainUnit(accumulation.units);
    if (!unit) return undefined;
    const { perRound, confidence } = judgeGrowth(unit.counts);
    const bytesPerRound = sum(accumulation.bytes) / (unit.counts.length - 1);
    if (confidence === 0) return undefined;
    if (perRound < MIN_COUNT_PER_ROUND && bytesPerRound < MIN_BYTES_PER_ROUND) return undefined;
    return {
      owner: unit.owner,
      place: accumulation.place,
      example: unit.example,
      countPerRound: perRound,
      bytesPerRound,
      confidence,
      evidence: this.countEvidence(accumulation, unit, bytesPerRound),
    };
  }

  /** What was put in: real objects before the strings and numbers that came with them. */
  private mainUnit(units: readonly UnitClass[]): UnitClass | undefined {
    const weigh = (unit: UnitClass): number => {
      const plain = this.kinds.isValue(unit.example) || this.kinds.isContext(unit.example);
      return sum(unit.counts) * (plain ? 0.02 : 1) * (judgeGrowth(unit.counts).confidence + 0.01);
    };
    return [...units].sort((a, b) => weigh(b) - weigh(a))[0];
  }

  /** Growth in size is believed where a name is found for what grows. */
  private judgeSizes(sizes: readonly SizeGrowth[]): Candidate[] {
    return sizes
      .map(({ owner, grown, bytes }) => ({
        owner,
        place: 'field' as const,
        example: grown,
        countPerRound: 0,
        bytesPerRound: (bytes[bytes.length - 1] - bytes[0]) / (bytes.length - 1),
        confidence: bytes.length > 3 ? SIZE_CONFIDENCE : SIZE_CONFIDENCE / 2,
        evidence: [`Held at each snapshot: ${bytes.map(formatBytes).join(', ')}.`],
      }))
      .filter(
        (candidate) => this.anchorsOf(candidate, this.chainOf(candidate), 'other').length > 0,
      );
  }

  private describe(candidate: Candidate): Suspect {
    const { owner, example, countPerRound, bytesPerRound, confidence, evidence } = candidate;
    const { graph } = this.snapshot;
    const chain = this.chainOf(candidate);
    const shape = leakShape(graph, this.kinds, chain, owner);
    return {
      confidence: round2(confidence),
      title: this.titleOf(candidate, chain, shape),
      shape,
      className: this.snapshot.className(example),
      countPerRound: round2(countPerRound),
      retainedBytesPerRound: Math.round(bytesPerRound),
      leakedKeys: this.ownKeys(example),
      path: foldLongPath(chain.map((link) => this.toStep(link))),
      anchors: this.anchorsOf(candidate, chain, shape),
      evidence,
    };
  }

  private chainOf({ example }: Candidate): ChainLink[] {
    return retainingChain(this.snapshot.graph, this.tree, this.kinds, example);
  }

  private titleOf(candidate: Candidate, chain: readonly ChainLink[], shape: LeakShape): string {
    const className = this.snapshot.className(candidate.example);
    if (candidate.countPerRound === 0) {
      return `${this.holderWords(candidate, chain)} grows by ${formatBytes(candidate.bytesPerRound)} each round`;
    }
    const more = `${formatCount(candidate.countPerRound)} more ${className} each round`;
    if (shape === 'timer') return `Timers are not cleared: ${more}`;
    if (shape === 'listener') return `Listeners are not removed: ${more}`;
    return `${this.holderWords(candidate, chain)} keeps ${more}`;
  }

  private anchorsOf(candidate: Candidate, chain: readonly ChainLink[], shape: LeakShape): Anchor[] {
    const holders = this.anchors.holders(this.toContainer(candidate, chain));
    if (candidate.place === 'list') holders.unshift(...this.anchors.listLink(chain));
    if (candidate.countPerRound === 0) return holders;
    const callbacks = this.anchors.callbacks(candidate.example);
    const allocation = this.anchors.allocation(candidate.example);
    const waiting = shape === 'listener' || shape === 'timer' || shape === 'promise';
    return waiting
      ? [...callbacks, ...holders, ...allocation]
      : [...holders, ...(shape === 'closure' ? callbacks : []), ...allocation];
  }

  /**
   * The chain down to what grows by name: the owner, or the variable or field of the owner if it
   * is a scope or an object whose single member grows.
   */
  private toContainer({ owner, place }: Candidate, chain: readonly ChainLink[]): ChainLink[] {
    const { graph } = this.snapshot;
    const ownerAt = Math.max(
      0,
      chain.findIndex((link) => link.node === owner),
    );
    const below = chain[ownerAt + 1];
    const type = place !== 'entry' && below && graph.edgeType(below.edge);
    return chain.slice(0, ownerAt + (type === 'context' || type === 'property' ? 2 : 1));
  }

  private holderWords(candidate: Candidate, chain: readonly ChainLink[]): string {
    const { graph } = this.snapshot;
    const held = this.toContainer(candidate, chain);
    const container = held[held.length - 1].node;
    for (const link of held.reverse()) {
      const name = this.anchors.nameOf(link);
      if (name === undefined && graph.nodeType(link.holder) === 'closure') break;
      if (name === undefined) continue;
      const named = `${this.snapshot.className(link.node)} \`${name}\``;
      // `maps` may be the Array that holds the Map that grows.
      return link.node === container ? named : `${this.snapshot.className(container)} in ${named}`;
    }
    return this.snapshot.className(container);
  }

  private toStep(link: ChainLink): SuspectStep {
    const code = this.anchors.codeOf(link.node);
    return {
      edge: edgeWords(this.snapshot.graph, link),
      className: link.holder < 0 ? '(GC root)' : this.snapshot.className(link.node),
      objectId: this.snapshot.graph.nodeIdOf[link.node],
      node: link.node,
      ...(code && { code }),
    };
  }

  private ownKeys(node: number): string[] {
    const { graph } = this.snapshot;
    if (graph.nodeName(node) !== 'Object') return [];
    const keys: string[] = [];
    for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
      if (graph.edgeType(edge) !== 'property') continue;
      const name = graph.edgeName(edge);
      if (name !== '__proto__' && !name.startsWith('<symbol')) keys.push(name);
    }
    return keys;
  }

  private countEvidence(
    { owners }: Accumulation,
    unit: UnitClass,
    bytesPerRound: number,
  ): string[] {
    const className = this.snapshot.className(unit.example);
    const counts = [...unit.counts.slice(1)].map(formatCount).join(', ');
    const evidence = [
      `${className} objects born in each round and still alive at the end: ${counts}.`,
      `They keep ${formatBytes(bytesPerRound)} a round alive.`,
    ];
    if (owners.size > 1) evidence.push(`${formatCount(owners.size)} containers of this kind grow.`);
    return evidence;
  }
}

function score({ confidence, bytesPerRound }: Candidate): number {
  return confidence * Math.log2(1 + bytesPerRound) ** 2;
}

function foldLongPath(path: readonly SuspectStep[]): SuspectStep[] {
  if (path.length <= 2 * PATH_END_STEPS) return [...path];
  const left = path.length - 2 * PATH_END_STEPS;
  const tail = path.slice(-PATH_END_STEPS);
  const first = { ...tail[0], edge: `… ${formatCount(left)} steps … ${tail[0].edge}` };
  return [...path.slice(0, PATH_END_STEPS), first, ...tail.slice(1)];
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
