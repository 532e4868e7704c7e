import type { AllocationProfile } from '../base/allocationProfile';
import type { Position0 } from '../base/position';
import type { GrowthCurve, LeakShape, Verdict } from './leakReport';

/**
 * What the heap alone says: suspects with their evidence and the anchors from which the source
 * line can be found. It becomes a LeakReport once the anchors are located.
 */
export interface LeakAnalysis {
  readonly verdict: Verdict;
  /** True if something grows that another round would tell more about. */
  readonly inDoubt: boolean;
  readonly rounds: number;
  /** Sum of all shallow sizes in bytes, one entry a snapshot, baseline first. */
  readonly heapBytes: readonly number[];
  /** The part of `heapBytes` that lies outside of V8's heap: what is behind ArrayBuffers, and so on. */
  readonly externalBytes: readonly number[];
  /** Best first. */
  readonly suspects: readonly Suspect[];
  /** Scripts that anchors and steps refer to, by script id. */
  readonly scripts: readonly ScriptInfo[];
  /** Who made what is new and held; absent if V8 did not record it for the last snapshot. */
  readonly allocations?: AllocationProfile;
}

export interface Suspect {
  /** 0..1. */
  readonly confidence: number;
  readonly title: string;
  readonly shape: LeakShape;
  readonly className: string;
  readonly countPerRound: number;
  /** How many containers of one kind these are in all. */
  readonly containers: number;
  readonly retainedBytesPerRound: number;
  readonly growth: GrowthCurve;
  /** Own property names of a leaked plain object; empty for anything else. */
  readonly leakedKeys: readonly string[];
  readonly path: readonly SuspectStep[];
  /** A second way by which most of the leaked objects are held, to one of them. */
  readonly otherPath?: readonly SuspectStep[];
  /** Best first. */
  readonly anchors: readonly Anchor[];
  readonly evidence: readonly string[];
}

export interface SuspectStep {
  readonly edge: string;
  readonly className: string;
  readonly objectId: number;
  /** Ordinal in the last snapshot. */
  readonly node: number;
  /** Start of the closure, or of the constructor of the instance, that this step is. */
  readonly code?: CodePosition;
}

/** A script as the snapshot knows it. */
export interface ScriptInfo {
  readonly scriptId: number;
  /** `file:///…`, a path, `node:…`; empty for unnamed code. */
  readonly url: string;
  /** The `sourceMappingURL` of the script, as written in it. */
  readonly sourceMapUrl?: string;
  /** SHA-256 of the UTF-8 source, 64 hex digits. */
  readonly hash?: string;
}

/** A 0-based place in a script that ran. */
export interface CodePosition {
  readonly scriptId: number;
  readonly position: Position0;
}

/**
 * Where to look in the syntax tree. Names are those of the code that ran (so minified names stay
 * what they are), positions point into the same code.
 */
export type Anchor =
  /** Variable `name`, in a scope around (or of) the function that starts at `within`. */
  | { readonly kind: 'variable'; readonly name: string; readonly within: CodePosition }
  /** Field `name` (`#name` if private) of instances of the class or constructor at `classAt`. */
  | { readonly kind: 'field'; readonly name: string; readonly classAt: CodePosition }
  /** Property `name` of an object without a position, used in the script of `near`. */
  | { readonly kind: 'property'; readonly name: string; readonly near: CodePosition }
  /**
   * Property `name` of the exports of the CommonJS module `filename`, or of `globalThis`. The name
   * `exports` stands for `module.exports` itself.
   */
  | { readonly kind: 'export'; readonly name: string; readonly filename: string }
  | { readonly kind: 'global'; readonly name: string }
  /** A function that was handed to something that keeps it. */
  | { readonly kind: 'callback'; readonly at: CodePosition }
  /** An async function or a generator of which a call waits to be resumed. */
  | { readonly kind: 'suspended'; readonly at: CodePosition }
  /** Code that makes instances of classes of Node.js itself; the class nearest to the leak first. */
  | { readonly kind: 'construction'; readonly classNames: readonly string[] }
  /** Code that loads modules: `loaded` is the file of one, `loader` that of the one that loads it. */
  | { readonly kind: 'load'; readonly loaded?: string; readonly loader?: string }
  /** The function or class whose calls make the leaked objects. */
  | { readonly kind: 'allocation'; readonly at: CodePosition };
