import type {
  AllocationFrame,
  AllocationProfile,
  AllocationStack,
} from '../base/allocationProfile';
import { toBase0 } from '../base/position';
import type { AllocationTraces } from '../heap/allocationTraces';
import { SYSTEM_DISTANCE } from '../heap/distances';
import type { HeapSnapshot } from '../heap/heapSnapshot';

/** The largest stacks are kept; a heap that needs more has no leak that they would explain. */
const MAX_STACKS = 10_000;

/**
 * Who made what was born after the baseline and the program still holds, by the stacks that V8
 * recorded; undefined if it did not record any.
 * @param births see `birthRounds`
 */
export function recordedAllocations(
  last: HeapSnapshot,
  births: Uint16Array,
): AllocationProfile | undefined {
  const traces = last.graph.allocationTraces;
  if (!traces) return undefined;
  const frames = new FrameReader(traces);
  const stacks: AllocationStack[] = [...bytesByRow(last, traces, births)]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_STACKS)
    .map(([row, bytes]) => ({ bytes, frames: frames.stackAt(row) }));
  return { kind: 'recorded', stacks };
}

/** Shallow sizes, by the row of the trace tree that they were allocated at. */
function bytesByRow(
  { graph, selfSizes, distances }: HeapSnapshot,
  traces: AllocationTraces,
  births: Uint16Array,
): Map<number, number> {
  const bytesOf = new Map<number, number>();
  for (let node = 0; node < graph.nodeCount; node++) {
    const isHeld = distances[node] >= 0 && distances[node] < SYSTEM_DISTANCE;
    if (births[node] === 0 || selfSizes[node] === 0 || !isHeld) continue;
    const row = traces.rowOf(node);
    if (row >= 0) bytesOf.set(row, (bytesOf.get(row) ?? 0) + selfSizes[node]);
  }
  return bytesOf;
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
