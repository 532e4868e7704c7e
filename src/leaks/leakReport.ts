/**
 * What an investigation found, as plain data: the object that diagnostics, the panel, the command
 * line and every renderer in `report/` share. `report/report.schema.json` publishes its shape.
 */
export interface LeakReport {
  readonly schemaVersion: 1;
  readonly verdict: Verdict;
  /** Rounds of work between the baseline and the last snapshot. */
  readonly rounds: number;
  /** Sum of all shallow sizes in bytes, one entry a snapshot, baseline first. */
  readonly heapBytes: readonly number[];
  /** Which kind of memory there was, one entry a snapshot, baseline first. */
  readonly memory: readonly MemoryReading[];
  /** What to know first: which memory grows, if it is not the JavaScript heap. */
  readonly headline?: string;
  readonly findings: readonly Finding[];
  /** What the reader must know about the run itself, such as a baseline that was taken again. */
  readonly notices: readonly string[];
}

/** The memory of the target at a snapshot, in bytes. */
export interface MemoryReading {
  /** The JavaScript heap: the sum of all shallow sizes inside of it. */
  readonly heapBytes: number;
  /** Outside of it: what is behind ArrayBuffers, and so Buffers, and other native memory of objects. */
  readonly externalBytes: number;
  /** Physical memory of the process, read before the snapshot; absent where nobody could tell. */
  readonly residentBytes?: number;
}

export type Verdict = 'leak' | 'clean' | 'inconclusive';

export type LeakShape =
  | 'map'
  | 'set'
  | 'array'
  | 'object'
  | 'listener'
  | 'closure'
  | 'timer'
  | 'promise'
  | 'string'
  | 'buffer'
  | 'other';

/** What had piled up since the baseline, one entry a snapshot, of which the first is 0. */
export interface GrowthCurve {
  /** Objects; all 0 if what grows is one object. */
  readonly counts: readonly number[];
  readonly bytes: readonly number[];
}

/** One place where objects pile up. */
export interface Finding {
  /** 1 is the finding to look at first. */
  readonly rank: number;
  /** 0..1. */
  readonly confidence: number;
  readonly title: string;
  readonly shape: LeakShape;
  /** Class of the objects that pile up: as DevTools names it, unminified by the source map. */
  readonly className: string;
  /** What they pile up in, as the source calls it; absent if it has no name. */
  readonly container?: string;
  readonly countPerRound: number;
  readonly retainedBytesPerRound: number;
  readonly growth: GrowthCurve;
  /** Best first: the line a developer should change or look at. Empty if no source was found. */
  readonly sites: readonly Site[];
  /** From the GC root to one leaked object. */
  readonly path: readonly PathStep[];
  /** Why this is believed to be a leak, and what speaks against it, one sentence each. */
  readonly evidence: readonly string[];
  /** How a leak of this kind is fixed, in a sentence or two. */
  readonly fix: string;
  /**
   * True if the code keeps the container below a limit that it may not have reached yet: it may
   * still be filling. Such a finding alone makes no leak.
   */
  readonly bounded: boolean;
}

/**
 * `growth` adds to the container, `retention` declares it, `registration` hands a callback to
 * something that keeps it, `allocation` makes the leaked object, `removal` takes something out of
 * the container or ends a registration (but not of what piles up), `caller` is the project's own
 * call into the package that leaks.
 */
export type SiteRole =
  'retention' | 'growth' | 'registration' | 'allocation' | 'removal' | 'caller';

/** A source line that takes part in a leak. Lines and columns are 1-based. */
export interface Site {
  readonly role: SiteRole;
  /** Relative to the root with forward slashes; absolute if it lies outside, as the target has it if unmapped. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The source line without its indentation. */
  readonly text: string;
  /** Where V8 sees it; differs from the above when a source map was applied. */
  readonly generated: GeneratedPosition;
  /** There if no file of this machine is known to be this one: `file` is only what to call it. */
  readonly unmapped?: UnmappedUrl;
}

/** A URL of the target that no file here could be found for. */
export interface UnmappedUrl {
  readonly url: string;
  /** Each rule that was tried with what came of it, one sentence each. */
  readonly tried: readonly string[];
}

/** A position in the script that ran, 1-based. */
interface GeneratedPosition {
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/** One object on a retaining path and the edge that leads to it. */
export interface PathStep {
  /** The edge from the step before in a developer's words, such as `.sessions` or `[0]`. */
  readonly edge: string;
  readonly className: string;
  /** V8's object id, valid while the inspector connection that took the snapshots lives. */
  readonly objectId: number;
  /** Where this step is visible in source, if known. 1-based. */
  readonly site?: StepSite;
}

/** As the site of a finding. */
export interface StepSite {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly unmapped?: UnmappedUrl;
}
