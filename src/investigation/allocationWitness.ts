import { formatBytes } from '../base/bytes';
import { toBase0, position1, type Position0 } from '../base/position';
import type {
  AllocationFrame,
  AllocationProfile,
  AllocationStack,
} from '../base/allocationProfile';
import type { ScriptInfo } from '../leaks/leakAnalysis';
import type { Site } from '../leaks/leakReport';
import { findCallInto } from '../source/callInto';
import { isNodeInternal, packageOf } from '../source/pathMapping';
import { functionAt, type SyntaxTree } from '../source/syntaxTree';

/** What is known of a finding before its allocations are looked at. */
export interface Claim {
  /** 0..1. */
  readonly confidence: number;
  /** What grew since the baseline, in bytes. */
  readonly grownBytes: number;
  /** Best first. */
  readonly sites: readonly Site[];
  readonly evidence: readonly string[];
}

/** The code that ran, as the witness needs it. */
export interface CodeThatRan {
  readonly scripts: readonly ScriptInfo[];
  /** Undefined if the script has no text or cannot be parsed. */
  treeOf(scriptId: number): Promise<SyntaxTree | undefined>;
  /** Undefined if no file has this place. */
  allocationSite(scriptId: number, position: Position0): Promise<Site | undefined>;
}

/** Samples that are a smaller part of the growth, and of all samples, may be there by chance. */
const MIN_SHARE = 0.25;
/** How much of the doubt agreement takes away. */
const AGREEMENT = 0.3;
/** Below this it is doubtful whether anything leaks, of which allocations know nothing. */
const LEAK_CONFIDENCE = 0.5;

/**
 * Compares findings, which say what holds objects, with allocations, which say who made what is
 * alive. Stacks name functions, not lines, so they confirm a line and do not replace one.
 */
export class AllocationWitness {
  constructor(
    private readonly profile: AllocationProfile,
    private readonly code: CodeThatRan,
  ) {}

  /**
   * A claim with what the allocations add: more confidence if they agree with its first site, and the
   * user's own function if all sites are in packages.
   */
  async examine(claim: Claim): Promise<Claim> {
    const confirmed = await this.confirm(claim);
    return claim.sites.some(({ file }) => packageOf(file) === undefined)
      ? confirmed
      : this.addCaller(confirmed);
  }

  private async confirm(claim: Claim): Promise<Claim> {
    for (const [index, site] of claim.sites.entries()) {
      if (site.role === 'retention') continue;
      const frames = await this.framesAt(site);
      const stacks = this.profile.stacks.filter((stack) => passes(stack, frames));
      const bytes = bytesOf(stacks);
      const [frame] = frames;
      if (!frame || !this.isEnough(bytes, claim)) continue;
      const maker = dominantMaker(stacks);
      const inner = maker && !frames.some((other) => keyOf(other) === keyOf(maker));
      const agreed = await this.sentence('agree', bytes, frame, inner ? maker : undefined);
      // That who allocates it allocated it says nothing new.
      const isIndependent = index === 0 && site.role !== 'allocation';
      const confidence = isIndependent ? raised(claim.confidence) : claim.confidence;
      return { ...claim, confidence, evidence: [...claim.evidence, agreed] };
    }
    return claim;
  }

  /** Calls, on the stacks, of the function that a site stands in. */
  private async framesAt({ generated }: Site): Promise<AllocationFrame[]> {
    const position = toBase0(position1(generated.line, generated.column));
    const found: AllocationFrame[] = [];
    for (const { scriptId, url } of this.code.scripts) {
      if (url !== generated.url) continue;
      const frames = this.distinctFrames(scriptId);
      const tree = frames.length > 0 ? await this.code.treeOf(scriptId) : undefined;
      const around = tree && functionAt(tree, position);
      if (!around) continue;
      found.push(...frames.filter((frame) => functionAt(tree, frame.position) === around));
    }
    return found;
  }

  private distinctFrames(scriptId: number): AllocationFrame[] {
    const frames = new Map<string, AllocationFrame>();
    for (const stack of this.profile.stacks) {
      for (const frame of stack.frames) {
        if (frame.scriptId === scriptId) frames.set(keyOf(frame), frame);
      }
    }
    return [...frames.values()];
  }

  /** Names the user's own function below the package: what the user can change today. */
  private async addCaller(claim: Claim): Promise<Claim> {
    const inPackage = (await Promise.all(claim.sites.map((site) => this.framesAt(site)))).flat();
    if (inPackage.length === 0 && claim.sites.length > 0) return claim;
    const best = dominantCall(this.profile.stacks, inPackage);
    if (!best || !this.isEnough(best.bytes, claim)) return claim;
    const site = await this.siteOf(best);
    if (!site) return claim;
    const [first, ...others] = claim.sites;
    return {
      ...claim,
      sites: first ? [first, site, ...others] : [site],
      evidence: [...claim.evidence, await this.sentence('', best.bytes, best.own)],
    };
  }

  /** The line of the call into the package, or the start of the user's function. */
  private async siteOf({ own, inner }: OwnCall): Promise<Site | undefined> {
    const packageName = inner && packageOf(inner.url);
    const tree = packageName ? await this.code.treeOf(own.scriptId) : undefined;
    const call =
      tree &&
      packageName &&
      findCallInto(tree, own.position, { functionName: inner.functionName, packageName });
    return this.code.allocationSite(own.scriptId, call || own.position);
  }

  private isEnough(bytes: number, { grownBytes }: Claim): boolean {
    // Backing stores of buffers are part of the growth, but never of a sample.
    const least = Math.min(grownBytes, bytesOf(this.profile.stacks.filter(hasUserCode)));
    return bytes > 0 && bytes >= least * MIN_SHARE;
  }

  /** @param maker Which function made most of it, if that is not the one that is called. */
  private async sentence(
    verb: 'agree' | '',
    bytes: number,
    called: AllocationFrame,
    maker?: AllocationFrame,
  ): Promise<string> {
    const isExact = this.profile.kind === 'recorded';
    const lead = `${isExact ? 'Recorded' : 'Sampled'} allocations${verb && ` ${verb}`}`;
    const size = `${isExact ? '' : 'about '}${formatBytes(bytes)}`;
    const words = `${lead}: ${size} still alive were allocated in calls of ${await this.nameOf(called)}`;
    return maker ? `${words}, most of it by ${await this.nameOf(maker)}.` : `${words}.`;
  }

  /** `track` (src/store.ts:12) */
  private async nameOf({ functionName, scriptId, position }: AllocationFrame): Promise<string> {
    const name = functionName ? `\`${functionName}\`` : 'an anonymous function';
    const site = await this.code.allocationSite(scriptId, position);
    return site ? `${name} (${site.file}:${site.line})` : name;
  }
}

function raised(confidence: number): number {
  if (confidence < LEAK_CONFIDENCE) return confidence;
  return Math.round((confidence + (1 - confidence) * AGREEMENT) * 100) / 100;
}

/** The outermost package code of a stack is called by the user's own. */
interface OwnCall {
  readonly own: AllocationFrame;
  /** What it calls; undefined if it allocates itself. */
  readonly inner: AllocationFrame | undefined;
  readonly bytes: number;
}

/**
 * The user's function through which most was allocated.
 * @param within Only stacks that pass one of these, below it; all stacks if it is empty.
 */
function dominantCall(
  stacks: readonly AllocationStack[],
  within: readonly AllocationFrame[],
): OwnCall | undefined {
  const calls = new Map<string, OwnCall>();
  for (const stack of stacks) {
    const from = within.length === 0 ? 0 : indexOfPass(stack, within);
    const at = stack.frames.findIndex((frame, index) => index >= from && isOwn(frame.url));
    if (from < 0 || at < 0) continue;
    const own = stack.frames[at];
    const before = calls.get(keyOf(own));
    const bytes = stack.bytes + (before?.bytes ?? 0);
    calls.set(keyOf(own), { own, inner: before?.inner ?? stack.frames[at - 1], bytes });
  }
  return [...calls.values()].sort((a, b) => b.bytes - a.bytes)[0];
}

/** The innermost function that is not of Node.js itself, where most was allocated. */
function dominantMaker(stacks: readonly AllocationStack[]): AllocationFrame | undefined {
  const made = new Map<string, { frame: AllocationFrame; bytes: number }>();
  for (const { frames, bytes } of stacks) {
    const frame = frames.find(({ url }) => !isNodeInternal(url));
    if (!frame) continue;
    const before = made.get(keyOf(frame))?.bytes ?? 0;
    made.set(keyOf(frame), { frame, bytes: before + bytes });
  }
  return [...made.values()].sort((a, b) => b.bytes - a.bytes)[0]?.frame;
}

function passes(stack: AllocationStack, frames: readonly AllocationFrame[]): boolean {
  return indexOfPass(stack, frames) >= 0;
}

function indexOfPass(stack: AllocationStack, frames: readonly AllocationFrame[]): number {
  return stack.frames.findIndex((frame) => frames.some((other) => keyOf(other) === keyOf(frame)));
}

function keyOf({ scriptId, position }: AllocationFrame): string {
  return `${scriptId}:${position.line}:${position.column}`;
}

function bytesOf(stacks: readonly AllocationStack[]): number {
  return stacks.reduce((sum, { bytes }) => sum + bytes, 0);
}

function hasUserCode({ frames }: AllocationStack): boolean {
  return frames.some(({ url }) => !isNodeInternal(url));
}

function isOwn(url: string): boolean {
  return !isNodeInternal(url) && packageOf(url) === undefined;
}
