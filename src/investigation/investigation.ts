import type { MemoryLeft } from '../base/memoryLeft';
import type { AnalyzeRequest, RetainerPage, RetainersRequest } from '../analysis/contract';
import type { Disposable } from '../base/disposable';
import type { ProgressListener } from '../base/progress';
import type { SnapshotVerdict } from '../care/snapshotVerdict';
import type { CodePosition, LeakAnalysis } from '../leaks/leakAnalysis';
import type { LeakReport, UnmappedUrl } from '../leaks/leakReport';
import type { InspectorSession } from '../inspector/inspectorSession';
import type { PathRules } from '../source/pathMapper';
import type { SnapshotStore } from './snapshotStore';

/** How often the program is exercised, and how long it may settle before a snapshot. */
export interface InvestigationPlan {
  /** Exercises before the baseline, so that caches and lazy modules are not taken for leaks. */
  readonly warmup: number;
  /** Exercises after the baseline, each followed by a snapshot. At least 1. */
  readonly rounds: number;
  /** Rounds that may be added, one at a time, while it is in doubt whether something leaks. */
  readonly extraRounds: number;
  readonly settleSeconds: number;
  /**
   * True to record the stack of every allocation after the baseline, which makes the target allocate
   * 50 to 110 times slower until the connection ends.
   */
  readonly trackAllocations?: boolean;
  /** True to keep keys of the program's containers, which may be personal data, out of the report. */
  readonly hideKeys?: boolean;
}

/** Exercise `index` of `of`, counted from 1. */
export interface ExerciseStep {
  /** `extra` is a round beyond the planned ones, because it is in doubt what leaks. */
  readonly kind: 'warmup' | 'round' | 'extra';
  readonly index: number;
  /** Of extra rounds as many as there may be. */
  readonly of: number;
}

/** Where a run is: what it does now, or is about to. */
export type RunStage = ExerciseStep | { readonly kind: 'baseline' } | { readonly kind: 'compare' };

/** What an investigation needs from the one who runs it. */
export interface InvestigationHost {
  /**
   * Makes the program do the suspected work once; resolves when it is done. `enough` instead of an
   * extra round ends the run with the result so far.
   */
  exercise(step: ExerciseStep, signal: AbortSignal): Promise<void | 'enough'>;
  /** Told of each stage before it begins. A baseline that is taken again starts over. */
  onStage?(stage: RunStage): void;
  readonly onProgress: ProgressListener;
  /** True if the program serves on another machine. */
  readonly isRemote?: boolean;
  /** What the program may still take, where the session cannot tell. */
  memoryLeft?(): Promise<MemoryLeft | undefined>;
  /** Asked before each snapshot, with what it is expected to cost; throws to end the run instead. */
  maySnapshot?(verdict: SnapshotVerdict, signal: AbortSignal): Promise<void>;
  /** Told of what a step will cost before it is taken, and of what a snapshot did cost. */
  onCost?(words: string): void;
  /** Told at once of what the report's `notices` will say too, such as a baseline taken again. */
  onNotice?(notice: string): void;
  /**
   * Connects again after the connection was lost with snapshots captured; the host owns the new
   * session. Without it, or if it rejects, the loss ends the run.
   */
  reconnect?(signal: AbortSignal): Promise<InspectorSession>;
  /** Told of snapshots that stay although the run went on, or ended, without them. */
  onKept?(snapshots: readonly string[]): void;
}

/** A place in a file of the workspace (or of node_modules), 1-based. */
export interface SourcePlace {
  /** Absolute. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** There if `file` is only a name: it is not known to be the one of the target, nor to be opened. */
  readonly unmapped?: UnmappedUrl;
}

/** A located report, with the analysis it came from: each finding has the path of its suspect. */
export interface InvestigationResult {
  readonly report: LeakReport;
  readonly analysis: LeakAnalysis;
  /** Absolute paths, baseline first. */
  readonly snapshots: readonly string[];
  /** The files that the report names, as they were when it was made. */
  readonly files: readonly ReportedFile[];
}

/** A file that a report names. */
export interface ReportedFile {
  /** Absolute. */
  readonly file: string;
  /** See `textHash`; absent if it could not be read. */
  readonly hash?: string;
  /** True if it was not the code that ran even then, so that its lines may be off. */
  readonly differed: boolean;
}

export interface InvestigationOptions {
  /** Absolute; files in reports are relative to it. */
  readonly root: string;
  /** Absolute path of the bundled analysis worker, dist/analysisWorker.js. */
  readonly workerPath: string;
  readonly store: SnapshotStore;
  /** How paths of the target become files below the root. */
  readonly paths?: PathRules;
}

/**
 * The use case that the extension and the command line share. It owns the analysis worker, which
 * keeps the last snapshot open to answer `retainers` until the next run or `dispose`.
 */
export interface Investigation extends Disposable {
  /**
   * Warm up, baseline, then per round: exercise, settle, collect garbage, snapshot; then diff,
   * find suspects, locate their lines; more rounds while the result is in doubt. A lost connection
   * ends an exercise; what was captured is kept, and the run goes on from a new baseline if the host
   * can connect again.
   * @throws LeaklineError; `cancelled` if the signal is aborted.
   */
  findLeaks(
    session: InspectorSession,
    plan: InvestigationPlan,
    host: InvestigationHost,
    signal: AbortSignal,
  ): Promise<InvestigationResult>;
  /** Diffs snapshot files, oldest first, without a process. */
  compare(
    request: AnalyzeRequest,
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<InvestigationResult>;
  /**
   * Answers for a result that was made earlier, perhaps by another process. Its last snapshot is
   * loaded when `retainers` first needs it.
   */
  reopen(result: InvestigationResult): void;
  /**
   * The latest result with places found that no file was known for, by other rules than before. What
   * the run has found stays as it is.
   */
  remap(result: InvestigationResult, paths: PathRules): Promise<InvestigationResult>;
  /**
   * A page of what keeps an object of the last snapshot of the last result alive.
   * @throws LeaklineError for a reopened result whose snapshot is gone (`storage`), replaced or broken.
   */
  retainers(request: RetainersRequest): Promise<RetainerPage>;
  /** The file and line of a code position of the last result; undefined if it has no file. */
  locate(code: CodePosition): Promise<SourcePlace | undefined>;
}
