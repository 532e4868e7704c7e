import type { Progress } from '../base/progress';
import type { HeapSummary } from '../heap/heapSummary';
import type { LeakAnalysis } from '../leaks/leakAnalysis';

/** What the analysis worker does for its owner. Only plain data crosses, rows in pages. */
export interface AnalysisContract {
  methods: {
    /** Loads the snapshots (oldest first), diffs them and keeps the last one open for queries. */
    analyze(request: AnalyzeRequest): Promise<LeakAnalysis>;
    /** Loads a snapshot, tells what it holds by class and keeps it open for queries. */
    summarize(request: SummarizeRequest): Promise<SnapshotSummary>;
    /** Objects that keep `node` of the last snapshot alive, nearest to the root first. */
    retainers(request: RetainersRequest): Promise<RetainerPage>;
  };
  events: {
    progress: Progress;
  };
}

export interface AnalyzeRequest {
  /** Absolute paths of at least two .heapsnapshot files, oldest first. */
  readonly paths: readonly string[];
}

export interface SummarizeRequest {
  /** Absolute path of a .heapsnapshot file. */
  readonly path: string;
}

export interface SnapshotSummary extends HeapSummary {
  readonly timings: SummaryTimings;
}

/** How long the work took, and how much memory. */
export interface SummaryTimings {
  /** In the order in which they ran. */
  readonly passes: readonly PassTime[];
  readonly totalMilliseconds: number;
  /** The most physical memory that the whole process ever had at once, in bytes. */
  readonly peakRssBytes: number;
}

/** Wall time of one step. */
export interface PassTime {
  readonly name: string;
  readonly milliseconds: number;
}

export interface RetainersRequest {
  /** Ordinal in the last snapshot. */
  readonly node: number;
  readonly offset: number;
  /** At most 200. */
  readonly count: number;
}

export interface RetainerPage {
  /** Retainers in all, of which `rows` is a page. */
  readonly total: number;
  readonly rows: readonly RetainerRow[];
}

export interface RetainerRow {
  /** Ordinal in the last snapshot. */
  readonly node: number;
  /** The edge from this row's object to the asked one, in a developer's words. */
  readonly edge: string;
  readonly className: string;
  readonly objectId: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
  /** Edges to the nearest user root; -1 if unreachable. */
  readonly distance: number;
  /** True if this row can have retainers of its own. */
  readonly expandable: boolean;
  /** 0-based start of the closure or constructor that this object has, in a script that ran. */
  readonly code?: { readonly scriptId: number; readonly line: number; readonly column: number };
}
