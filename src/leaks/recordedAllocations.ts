import type {
  AllocationFrame,
  AllocationProfile,
  AllocationStack,
} from '../base/allocationProfile';
import { toBase0 } from '../base/position';
import type { AllocationTraces } from '../heap/allocationTraces';
import { SYSTEM_DISTANCE } from '../heap/distances';
import type { HeapSnapshot } from '../heap/heapSnapshot';

/**
 * V8 loses the stack of an object that it moves once the object has an id (its
 * `HeapProfiler::ObjectMoveEvent`), and may take the one of an object that was at the same address
 * before. Where fewer than this part of the objects have a stack, those that have one say little.
 */
const MIN_TRACED = 0.5;
/** The largest stacks are kept; a heap that needs more has no leak that they would explain. */
const MAX_STACKS = 10_000;

/**
 * Who made what was born after the baseline and the program still holds, by the stacks that V8
 * recorded; undefined if it did not record any, or lost most.
 * @param births see `birthRounds`
 */
export function recordedAllocations(
  last: HeapSnapshot,
  births: Uint16Array,
): AllocationProfile | undefined {
  const traces = last.graph.allocationTraces;
  if (!traces) return undefined;
  const bytesOf = bytesByRow(last, traces, births);
  if (!bytesOf) return undefined;
  const frames = new FrameReader(traces);
  const stacks: AllocationStack[] = [...bytesOf]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_STACKS)
    .map(([row, bytes]) => ({ bytes, frames: frames.stackAt(row) }));
  return { kind: 'recorded', stacks };
}

/** Shallow sizes, by the row of the trace tree that they were allocated at; undefined if most are lost. */
function bytesByRow(
  { graph, selfSizes, distances }: HeapSnapshot,
  traces: AllocationTraces,
  births: Uint16Array,
): Map<number, number> | undefined {
  const bytesOf = new Map<number, number>();
  let born = 0;
  let traced = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    const isHeld = distances[node] >= 0 && distances[node] < SYSTEM_DISTANCE;
    if (births[node] === 0 || selfSizes[node] === 0 || !isHeld) continue;
    born++;
    const row = traces.rowOf(node);
    if (row < 0) continue;
    traced++;
    bytesOf.set(row, (bytesOf.get(row) ?? 0) + selfSizes[node]);
  }
  return traced >= born * MIN_TRACED ? bytesOf : undefined;
}

/** Makes one frame of each function, however many stacks it is on. */
class FrameReader {
  private readonly frameOf = new Map<number, AllocationFrame | undefined>();

  constructor(private readonly traces: AllocationTraces) {}

  /** Without what is no script. */
  stackAt(row: number): AllocationFrame[] {
    const { parentOf, functionOf } = this.traces.tree;
    const frames: AllocationFrame[] = [];
    for (let at = row; parentOf[at] !== at; at = parentOf[at]) {
      const frame = this.frame(functionOf[at]);
      if (frame) frames.push(frame);
    }
    return frames;
  }

  private frame(index: number): AllocationFrame | undefined {
    if (!this.frameOf.has(index)) this.frameOf.set(index, this.read(index));
    return this.frameOf.get(index);
  }

  private read(index: number): AllocationFrame | undefined {
    const { functionName, scriptId, scriptName: url, position } = this.traces.frame(index);
    if (scriptId === 0 || !position) return undefined;
    return { functionName, scriptId, url, position: toBase0(position) };
  }
}
