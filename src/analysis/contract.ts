import type { Progress } from '../base/progress';
import type { HeapSummary } from '../heap/heapSummary';
import type { LeakAnalysis } from '../leaks/leakAnalysis';

/** What the analysis worker does for its owner. Only plain data crosses, rows in pages. */
export interface AnalysisContract {
  methods: {
    /** Reads a snapshot ahead of `analyze`, unless it was read before; closes the one that was open. */
    digest(request: DigestRequest): Promise<void>;
    /**
     * Loads the snapshots (oldest first) that it has no digest of, diffs them all and keeps the last
     * one open for queries.
     */
    analyze(request: AnalyzeRequest): Promise<LeakAnalysis>;
    /** Loads a snapshot, tells what it holds by class and keeps it open for queries. */
    summarize(request: SummarizeRequest): Promise<SnapshotSummary>;
    /** Writes a copy of a snapshot without the values of the program. */
    redact(request: RedactRequest): Promise<void>;
    /** Loads the last snapshot of an earlier analysis and keeps it open for queries. */
    open(request: OpenRequest): Promise<void>;
    /** Objects that keep `node` of the last snapshot alive, nearest to the root first. */
    retainers(request: RetainersRequest): Promise<RetainerPage>;
    /** Objects that `node` of the last snapshot refers to, greatest retained size first. */
    children(request: ChildrenRequest): Promise<ChildPage>;
    /** Instances of a class in the last snapshot, greatest retained size first. */
    instances(request: InstancesRequest): Promise<InstancePage>;
  };
  events: {
    progress: Progress;
  };
}

export interface DigestRequest {
  /** Absolute path of a .heapsnapshot file. */
  readonly path: string;
}

export interface AnalyzeRequest {
  /** Absolute paths of at least two .heapsnapshot files, oldest first. */
  readonly paths: readonly string[];
}

export interface RedactRequest {
  /** Absolute path of the snapshot. */
  readonly path: string;
  /** Absolute path of the file to write. */
  readonly to: string;
}

export type SummarizeRequest = DigestRequest;

export interface OpenRequest extends DigestRequest {
  /** Nodes that the snapshot is known to have, with their object ids. */
  readonly known: readonly { readonly node: number; readonly objectId: number }[];
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

/** Which part of a list is asked for. */
interface PageRequest {
  readonly offset: number;
  /** At most 200. */
  readonly count: number;
}

interface Page<Row> {
  /** Entries in all, of which `rows` is a page. */
  readonly total: number;
  readonly rows: readonly Row[];
}

export interface ChildrenRequest extends PageRequest {
  /** Ordinal in the last snapshot. */
  readonly node: number;
}

export interface RetainersRequest extends ChildrenRequest {
  /** Only those whose class or edge has this text in it, in whatever case; all if absent or empty. */
  readonly filter?: string;
}

export interface InstancesRequest extends PageRequest {
  /** As in ClassSummary. */
  readonly className: string;
}

export type RetainerPage = Page<RetainerRow>;
export type ChildPage = Page<ChildRow>;
export type InstancePage = Page<InstanceRow>;

export interface NodeRow {
  /** Ordinal in the last snapshot. */
  readonly node: number;
  readonly className: string;
  readonly objectId: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
  /** Edges to the nearest user root; -1 if unreachable. */
  readonly distance: number;
  /** 0-based start of the closure or constructor that this object has, in a script that ran. */
  readonly code?: { readonly scriptId: number; readonly line: number; readonly column: number };
}

export interface RetainerRow extends NodeRow {
  /** The edge from this row's object to the asked one, in a developer's words. */
  readonly edge: string;
  /** True if this row can have retainers of its own. */
  readonly expandable: boolean;
}

export interface ChildRow extends NodeRow {
  /** The edge from the asked object to this row's, in a developer's words. */
  readonly edge: string;
  /** True if this row can have children of its own. */
  readonly expandable: boolean;
}

interface InstanceRow extends NodeRow {
  /** True if this row can have children. */
  readonly expandable: boolean;
}
