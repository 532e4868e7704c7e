import { throwIfAborted, type CancelSignal } from '../base/errors';
import { formatBytes } from '../base/bytes';
import type { Progress, ProgressListener } from '../base/progress';
import { className } from './className';
import { buildClassTable, type ClassTable } from './classTable';
import type { WholeNumbers } from './column';
import { computeDetachedness, isDetached } from './detachedness';
import { computeDistances } from './distances';
import { computeDominators } from './dominators';
import { findEphemeronNames } from './ephemeronNames';
import { findEssentialEdges } from './essentialEdges';
import type { HeapGraph, NodeOrdinal } from './heapGraph';
import { findPageObjects } from './pageObjects';
import { computeRetainedSizes } from './retainedSizes';
import { buildRetainers, type Retainers } from './retainers';
import { readScripts, type Script } from './scriptTable';
import { computeShallowSizes } from './shallowSizes';
import type { HeapCounts } from './snapshotFormat';
import { SpanningTree } from './spanningTree';
import { parseSnapshot } from './snapshotParser';
import { ROOT } from './userRoots';

export interface LoadOptions {
  /** Length of the file, if known. */
  readonly byteLength?: number;
  /**
   * Called as soon as the file has said how large its heap is, before room is made for it. What it
   * throws ends the loading.
   */
  readonly onCounts?: (counts: HeapCounts) => void;
  readonly onProgress?: ProgressListener;
  /** Called as each pass begins, reading the file included, with what it does. */
  readonly onPass?: (name: string) => void;
  readonly signal?: CancelSignal;
}

/** What the passes found, each an array by NodeOrdinal. */
export interface Passes {
  readonly retainers: Retainers;
  /** Shallow sizes in bytes as DevTools shows them; `graph.selfSizeOf` has V8's own. */
  readonly selfSizes: WholeNumbers;
  /**
   * Edges from the nearest user root; SYSTEM_DISTANCE and more if only V8 holds the node;
   * UNREACHABLE.
   */
  readonly distances: Int32Array;
  /** 0 unknown, 1 attached, 2 detached; `graph.detachednessOf` has what the browser knew itself. */
  readonly detachednessOf: Uint8Array;
  /** NodeOrdinal of the immediate dominator; the root is its own. */
  readonly dominatorOf: Uint32Array;
  /** Bytes that would be freed with the node. */
  readonly retainedSizes: WholeNumbers;
  /** Made when it is first asked for, if it is left out. */
  readonly classes?: ClassTable;
}

/**
 * A heap and what can be computed about it once and for all; the numbers are those of Chrome
 * DevTools.
 */
export class HeapSnapshot implements Passes {
  readonly retainers: Retainers;
  readonly selfSizes: WholeNumbers;
  readonly distances: Int32Array;
  readonly detachednessOf: Uint8Array;
  readonly dominatorOf: Uint32Array;
  readonly retainedSizes: WholeNumbers;
  private classTable: ClassTable | undefined;
  private readonly classNames = new Map<number, string>();
  private readonly detachedClassNames = new Map<number, string>();
  private readonly objectType: number;
  private readonly nativeType: number;
  private scriptTable: ReadonlyMap<number, Script> | undefined;

  constructor(
    readonly graph: HeapGraph,
    passes: Passes,
  ) {
    this.retainers = passes.retainers;
    this.selfSizes = passes.selfSizes;
    this.distances = passes.distances;
    this.detachednessOf = passes.detachednessOf;
    this.dominatorOf = passes.dominatorOf;
    this.retainedSizes = passes.retainedSizes;
    this.classTable = passes.classes;
    this.objectType = graph.nodeTypes.indexOf('object');
    this.nativeType = graph.nodeTypes.indexOf('native');
  }

  /** The class of each node. */
  get classes(): ClassTable {
    this.classTable ??= buildClassTable(this.graph, this.detachednessOf);
    return this.classTable;
  }

  /** Bytes of all nodes and of what belongs to no node. */
  get totalBytes(): number {
    return this.retainedSizes[ROOT] + this.graph.extraNativeBytes;
  }

  /** See `className`; decodes each name once. */
  className(node: NodeOrdinal): string {
    const { graph } = this;
    // Objects and natives are classed by name, the rest by type alone.
    const type = graph.nodeTypeOf[node];
    const isNamed = type === this.objectType || type === this.nativeType;
    const key = isNamed ? graph.nodeNameOf[node] : -1 - type;
    const detached = isDetached(graph, node, this.detachednessOf);
    const names = detached ? this.detachedClassNames : this.classNames;
    let name = names.get(key);
    if (name === undefined) {
      name = className(graph, node, detached);
      names.set(key, name);
    }
    return name;
  }

  /** The scripts that closures in the heap come from, by script id. */
  scripts(): ReadonlyMap<number, Script> {
    this.scriptTable ??= readScripts(this.graph);
    return this.scriptTable;
  }
}

/** About the part of the time that reading takes; the passes over the graph take the rest. */
export const READING = 0.5;

/** Called before each pass with what it does and how much of the whole work is done (0..1). */
export type PassListener = (message: string, fraction: number) => void;

/**
 * Reads a .heapsnapshot file and computes all that HeapSnapshot holds.
 *
 * @param chunks the file's bytes in order, cut anywhere, and parsed as they come: a stream of a file,
 *   or that of `v8.getHeapSnapshot()`
 * @throws LeaklineError `truncatedSnapshot`, `notASnapshot`, `cancelled`
 */
export async function loadHeapSnapshot(
  chunks: AsyncIterable<Uint8Array>,
  options: LoadOptions = {},
): Promise<HeapSnapshot> {
  const { onProgress, onPass, signal } = options;
  const graph = await readHeapGraph(chunks, options);
  return analyzeGraph(graph, (message, fraction) => {
    throwIfAborted(signal);
    onPass?.(message);
    onProgress?.({ message, fraction });
  });
}

/**
 * Reads a .heapsnapshot file and computes nothing.
 *
 * @param chunks as in `loadHeapSnapshot`
 * @throws LeaklineError `truncatedSnapshot`, `notASnapshot`, `cancelled`
 */
export function readHeapGraph(
  chunks: AsyncIterable<Uint8Array>,
  { byteLength, onCounts, onProgress, onPass, signal }: LoadOptions,
): Promise<HeapGraph> {
  onPass?.('Reading the snapshot');
  return parseSnapshot(chunks, {
    ...(byteLength !== undefined && { byteLength }),
    ...(onCounts && { onCounts }),
    ...(signal && { signal }),
    onProgress: (bytesRead) => onProgress?.(readingProgress(bytesRead, byteLength)),
  });
}

function readingProgress(bytesRead: number, byteLength: number | undefined): Progress {
  const message = `Reading the snapshot (${formatBytes(bytesRead)})`;
  if (!byteLength) return { message };
  return { message, fraction: Math.min(1, bytesRead / byteLength) * READING };
}

/** Runs the passes in the order in which they need each other's results. */
export function analyzeGraph(graph: HeapGraph, onPass: PassListener = () => {}): HeapSnapshot {
  onPass('Finding the references that keep objects alive', READING);
  const ephemerons = findEphemeronNames(graph.strings);
  const essentialEdges = findEssentialEdges(graph, findPageObjects(graph), ephemerons);
  onPass('Finding retainers', 0.6);
  const essentialRetainers = buildRetainers(graph, essentialEdges);
  onPass('Measuring distances', 0.7);
  const distances = computeDistances(graph, ephemerons);
  onPass('Finding dominators', 0.75);
  const tree = computeDominators(new SpanningTree(graph, essentialEdges), essentialRetainers);
  onPass('Adding up sizes', 0.95);
  const detachednessOf = computeDetachedness(graph);
  const selfSizes = computeShallowSizes(graph, detachednessOf);
  const retainedSizes = computeRetainedSizes(tree, selfSizes);
  return new HeapSnapshot(graph, {
    retainers: essentialRetainers.retainers,
    selfSizes,
    distances,
    detachednessOf,
    dominatorOf: tree.dominatorOf,
    retainedSizes,
  });
}
