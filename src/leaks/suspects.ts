import { formatBytes, formatCount } from '../base/bytes';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import { AnchorFinder } from './anchors';
import type { Candidate } from './candidates';
import { makersOf } from './coreClasses';
import { edgeWords } from './edgeWords';
import type { Anchor, Suspect, SuspectStep } from './leakAnalysis';
import type { LeakShape } from './leakReport';
import { leakShape } from './leakShape';
import { elementsFirst } from './listExamples';
import type { NodeKinds } from './nodeKinds';
import { OtherHolders } from './otherHolders';
import type { PathTree } from './pathTree';
import { chainAlong, retainingChain, type ChainLink } from './retainingChain';
import { scopeVariable } from './scopeVariable';

const MAX_SUSPECTS = 10;
/** Examples that must be held twice before it is said of all. */
const HELD_TWICE = 0.6;
/** Steps shown at each end of a path that is longer than both together. */
const PATH_END_STEPS = 24;

/** Puts what grows into words. */
export class SuspectDescriber {
  private readonly anchors: AnchorFinder;
  private readonly others: OtherHolders;

  constructor(
    private readonly snapshot: HeapSnapshot,
    private readonly tree: PathTree,
    private readonly kinds: NodeKinds,
  ) {
    this.anchors = new AnchorFinder(snapshot, kinds);
    this.others = new OtherHolders(snapshot, tree);
  }

  /** @param candidates Best first; those of which nothing can be named are left out. */
  describeAll(candidates: readonly Candidate[]): Suspect[] {
    const suspects: Suspect[] = [];
    for (const candidate of candidates) {
      if (suspects.length === MAX_SUSPECTS) break;
      const suspect = this.describe(this.withTypicalExample(candidate));
      // Growth in size is believed where a name is found for what grows.
      if (candidate.countPerRound > 0 || suspect.anchors.length > 0) suspects.push(suspect);
    }
    return suspects;
  }

  private withTypicalExample(candidate: Candidate): Candidate {
    if (candidate.place !== 'list') return candidate;
    const examples = elementsFirst(this.snapshot.graph, this.tree, candidate.examples);
    return { ...candidate, examples };
  }

  private describe(candidate: Candidate): Suspect {
    const { owner, countPerRound, bytesPerRound, confidence, evidence } = candidate;
    const [example] = candidate.examples;
    const { graph } = this.snapshot;
    const chain = retainingChain(graph, this.tree, this.kinds, example);
    const shape = leakShape(graph, this.kinds, chain, owner, candidate.place === 'list');
    const other = this.otherChain(candidate);
    const anchors = this.anchorsOf(candidate, chain, shape);
    if (other) anchors.push(...this.anchors.holders(other.slice(0, -1)));
    return {
      confidence: round2(confidence),
      title: this.titleOf(candidate, chain, shape),
      shape,
      className: this.classNameOf(candidate),
      countPerRound: round2(countPerRound),
      containers: candidate.containers,
      retainedBytesPerRound: Math.round(bytesPerRound),
      growth: candidate.growth,
      leakedKeys: this.ownKeys(example),
      path: this.toSteps(chain),
      ...(other && { otherPath: this.toSteps(other) }),
      anchors,
      evidence: other ? [...evidence, this.heldTwice(other)] : evidence,
    };
  }

  private classNameOf({ className, examples }: Candidate): string {
    return className ?? this.snapshot.className(examples[0]);
  }

  /** The way by which most examples are held besides the one through their owner. */
  private otherChain({ owner, examples, countPerRound }: Candidate): ChainLink[] | undefined {
    if (countPerRound === 0) return undefined;
    const paths = examples.map((example) => this.others.pathAvoiding(owner, example));
    const found = paths.filter((path) => path !== undefined);
    if (examples.length < 2 || found.length < examples.length * HELD_TWICE) return undefined;
    return chainAlong(this.snapshot.graph, this.kinds, found[0]);
  }

  private heldTwice(chain: readonly ChainLink[]): string {
    return `${this.wordsFor(chain.slice(0, -1))} holds them as well: taking them out of one of the two frees nothing.`;
  }

  private toSteps(chain: readonly ChainLink[]): SuspectStep[] {
    return foldLongPath(chain.map((link) => this.toStep(link)));
  }

  private titleOf(candidate: Candidate, chain: readonly ChainLink[], shape: LeakShape): string {
    const className = this.classNameOf(candidate);
    if (candidate.countPerRound === 0) {
      return `${this.holderWords(candidate, chain)} grows by ${formatBytes(candidate.bytesPerRound)} each round`;
    }
    const more = `${formatCount(candidate.countPerRound)} more ${className} each round`;
    if (shape === 'timer') return `Timers are not cleared: ${more}`;
    if (shape === 'listener') return `Listeners are not removed: ${more}`;
    return `${this.holderWords(candidate, chain)} keeps ${more}`;
  }

  private anchorsOf(candidate: Candidate, chain: readonly ChainLink[], shape: LeakShape): Anchor[] {
    const held = this.toContainer(candidate, chain);
    const loads = this.anchors.loads(held, candidate.examples[0]);
    // What holds a module loader of Node.js says nothing about the program.
    const holders = loads.length > 0 ? loads : this.anchors.holders(held);
    if (candidate.place === 'list') holders.unshift(...this.anchors.listLink(chain));
    if (candidate.countPerRound === 0) return holders;
    if (candidate.className !== undefined) {
      const classNames = makersOf(this.snapshot.className(candidate.owner));
      return [...holders, { kind: 'construction', classNames }];
    }
    const callbacks = this.anchors.callbacks(chain);
    const made = [
      ...this.anchors.allocation(candidate.examples[0]),
      ...this.anchors.constructions(candidate.examples, chain),
    ];
    const waiting = shape === 'listener' || shape === 'timer' || shape === 'promise';
    return waiting
      ? [...callbacks, ...holders, ...made]
      : [...holders, ...(shape === 'closure' ? callbacks : []), ...made];
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
    const isMember =
      below &&
      place !== 'entry' &&
      (graph.edgeType(below.edge) === 'property' ||
        scopeVariable(graph, below.holder, below.edge) !== undefined);
    return chain.slice(0, ownerAt + (isMember ? 2 : 1));
  }

  private holderWords(candidate: Candidate, chain: readonly ChainLink[]): string {
    const held = this.toContainer(candidate, chain);
    return this.wordsFor(held);
  }

  /** What the variables and fields on the way call the last object. */
  private wordsFor(held: readonly ChainLink[]): string {
    const { graph } = this.snapshot;
    const container = held[held.length - 1].node;
    for (const link of [...held].reverse()) {
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
}

function foldLongPath(path: readonly SuspectStep[]): SuspectStep[] {
  if (path.length <= 2 * PATH_END_STEPS) return [...path];
  const left = path.length - 2 * PATH_END_STEPS;
  const tail = path.slice(-PATH_END_STEPS);
  const first = { ...tail[0], edge: `… ${formatCount(left)} steps … ${tail[0].edge}` };
  return [...path.slice(0, PATH_END_STEPS), first, ...tail.slice(1)];
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
