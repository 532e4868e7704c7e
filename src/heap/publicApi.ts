// What `leakline/heap` exports: the engine by itself, for any program that reads heap snapshots. It
// needs neither VS Code nor an inspector, and nothing of Node.js but the bytes it is given. README.md
// shows how to use it. Leakline itself imports the files below, never this one.
export { LeaklineError, type CancelSignal, type LeaklineErrorCode } from '../base/errors';
export type { Progress, ProgressListener } from '../base/progress';
export type { Position1 } from '../base/position';
export type {
  AllocationFrame,
  AllocationTraces,
  TraceTree,
  TracedFunctions,
} from './allocationTraces';
export type { ClassSummary } from './classSummary';
export { SYSTEM_DISTANCE, UNREACHABLE } from './distances';
export type { EdgeIndex, HeapGraph, NodeOrdinal } from './heapGraph';
export { loadHeapSnapshot, type HeapSnapshot, type LoadOptions } from './heapSnapshot';
export { summarizeHeap, type HeapSummary } from './heapSummary';
export type { CodeLocation } from './locationTable';
export type { Retainers } from './retainers';
export type { HeapCounts } from './snapshotFormat';
export type { Script } from './scriptTable';
