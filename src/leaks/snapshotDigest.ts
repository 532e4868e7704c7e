import { LeaklineError } from '../base/errors';
import type { HeapGraph } from '../heap/heapGraph';
import type { SizedHeap } from '../heap/sizedHeap';
import { EntryCounter } from './entryCount';
import { externalBytes } from './externalBytes';
import { FlatSizes } from './flatSizes';
import { IdSet } from './idSet';
import { countNatives, type NativeCounts } from './nativeGrowth';
import { NodeKinds } from './nodeKinds';

/** What later comparisons need of a snapshot once its graph is let go. */
export interface SnapshotDigest {
  readonly ids: IdSet;
  /** Sum of all shallow sizes in bytes. */
  readonly totalBytes: number;
  /** The part of it that lies outside of V8's heap. */
  readonly externalBytes: number;
  /** Object id → flat size in bytes (see FlatSizes), of objects where it is enough to matter. */
  readonly flatBytesById: ReadonlyMap<number, number>;
  /** Object id → entries (see EntryCounter), of objects that have enough to be judged by. */
  readonly entriesById: ReadonlyMap<number, number>;
  readonly nativeCounts: NativeCounts;
  /** Object id → what the object is, for a sample that every snapshot draws alike. */
  readonly sample: ReadonlyMap<number, string>;
}

/** Objects that hold less than this are not followed from snapshot to snapshot. */
const MIN_FOLLOWED_BYTES = 4096;
/** Likewise for objects with fewer entries. */
const MIN_FOLLOWED_ENTRIES = 16;

export function digestSnapshot(heap: SizedHeap): SnapshotDigest {
  const { graph } = heap;
  const kinds = new NodeKinds(graph);
  const flatBytesById = new Map<number, number>();
  const entriesById = new Map<number, number>();
  const flatSizes = new FlatSizes(heap, kinds);
  const counter = new EntryCounter(graph, kinds);
  const sample = new Map<number, string>();
  const descriptions = new Map<number, string>();
  for (let node = 0; node < graph.nodeCount; node++) {
    const type = graph.nodeType(node);
    if (type !== 'object' && type !== 'closure') continue;
    const id = graph.nodeIdOf[node];
    const flatBytes = flatSizes.ofObject(node);
    if (flatBytes >= MIN_FOLLOWED_BYTES) flatBytesById.set(id, flatBytes);
    const entries = type === 'object' ? counter.count(node, MIN_FOLLOWED_ENTRIES) : 0;
    if (entries > 0) entriesById.set(id, entries);
    if (isSampled(id)) sample.set(id, description(graph, node, descriptions));
  }
  return {
    ids: new IdSet(graph.nodeIdOf),
    totalBytes: totalBytes(heap),
    externalBytes: externalBytes(graph),
    flatBytesById,
    entriesById,
    nativeCounts: countNatives(graph),
    sample,
  };
}

function totalBytes({ graph, selfSizes }: SizedHeap): number {
  let bytes = graph.extraNativeBytes;
  for (let node = 0; node < graph.nodeCount; node++) bytes += selfSizes[node];
  return bytes;
}

/** @param known what was described before: most objects share their name with many others */
function description(graph: HeapGraph, node: number, known: Map<number, string>): string {
  const key = graph.nodeNameOf[node] * graph.nodeTypes.length + graph.nodeTypeOf[node];
  let text = known.get(key);
  if (text === undefined) {
    text = `${graph.nodeType(node)} ${graph.nodeName(node)}`;
    known.set(key, text);
  }
  return text;
}

function isSampled(id: number): boolean {
  return Math.imul(id, 0x9e3779b1) >>> 28 === 0;
}

/**
 * Object ids mean the same object only while V8's id map lives. After a reset, or between two
 * processes, ids are gone or stand for other objects; both show in the sample.
 * @throws LeaklineError `incomparableSnapshots`.
 */
export function requireSameIds(earlier: SnapshotDigest, later: SnapshotDigest): void {
  let shared = 0;
  let same = 0;
  for (const [id, what] of earlier.sample) {
    const now = later.sample.get(id);
    if (now === undefined) continue;
    shared++;
    if (now === what) same++;
  }
  const survives = shared >= earlier.sample.size * 0.2;
  if (survives && same >= shared * 0.9) return;
  throw new LeaklineError(
    'incomparableSnapshots',
    'These snapshots do not belong together: the object ids of one mean other objects in the next.',
    'Take them all in one inspector connection (leakline find does), with no other debugger attaching or detaching in between.',
  );
}
