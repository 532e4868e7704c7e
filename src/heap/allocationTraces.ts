import { position1, type Position1 } from '../base/position';
import type { StringTable } from './stringTable';

/** A function that was running when an object was allocated. */
export interface AllocationFrame {
  /** Empty for a function without a name; `(V8 API)` and the like where V8 itself allocated. */
  readonly functionName: string;
  /** V8's number of the script; 0 for what is no script. */
  readonly scriptId: number;
  /** URL or path of the script, empty if it has none. */
  readonly scriptName: string;
  /** Where the function begins, not where in it the object was allocated; undefined if unknown. */
  readonly position: Position1 | undefined;
}

/** The functions that allocated something, or called one that did; the first one is V8's root. */
export interface TracedFunctions {
  /** Index into the strings. */
  readonly nameOf: Uint32Array;
  /** Index into the strings. */
  readonly scriptNameOf: Uint32Array;
  readonly scriptIdOf: Uint32Array;
  /** From 1; 0 if unknown. */
  readonly lineOf: Uint32Array;
  /** From 1; 0 if unknown. */
  readonly columnOf: Uint32Array;
}

/**
 * The call tree of the recording, by row; a row is a function as called by the function in the row
 * `parentOf` it, which comes before. The first row is the tree's root, and its own parent.
 */
export interface TraceTree {
  /** V8's number of the row, which records of nodes refer to. */
  readonly idOf: Uint32Array;
  readonly parentOf: Uint32Array;
  /** Index into the functions. */
  readonly functionOf: Uint32Array;
  /** Objects that were allocated here during the recording, those that are gone by now too. */
  readonly countOf: Uint32Array;
  /** Bytes of these. */
  readonly sizeOf: Uint32Array;
}

/**
 * Who allocated what, in a snapshot taken while
 * `HeapProfiler.startTrackingHeapObjects({ trackAllocations: true })` recorded it.
 */
export class AllocationTraces {
  private readonly rowOfId: ReadonlyMap<number, number>;

  /** @param traceIdOf V8's number of a row of the tree by NodeOrdinal, 0 if there is none */
  constructor(
    readonly traceIdOf: Uint32Array,
    readonly tree: TraceTree,
    readonly functions: TracedFunctions,
    private readonly strings: StringTable,
  ) {
    this.rowOfId = new Map(Array.from(tree.idOf, (id, row) => [id, row]));
  }

  /** Row of the tree where a node was allocated; -1 if that was not recorded. */
  rowOf(node: number): number {
    const id = this.traceIdOf[node];
    return id === 0 ? -1 : (this.rowOfId.get(id) ?? -1);
  }

  /**
   * The functions that were running when a node was allocated, the innermost first; empty if no
   * code was running, undefined if the allocation was not recorded.
   */
  stackOf(node: number): AllocationFrame[] | undefined {
    const row = this.rowOf(node);
    return row < 0 ? undefined : this.stackAt(row);
  }

  /** The functions from a row of the tree up to below its root. */
  stackAt(row: number): AllocationFrame[] {
    const { parentOf, functionOf } = this.tree;
    const frames: AllocationFrame[] = [];
    for (let at = row; parentOf[at] !== at; at = parentOf[at])
      frames.push(this.frame(functionOf[at]));
    return frames;
  }

  /** A function by its index. */
  frame(index: number): AllocationFrame {
    const { nameOf, scriptNameOf, scriptIdOf, lineOf, columnOf } = this.functions;
    const known = lineOf[index] > 0 && columnOf[index] > 0;
    return {
      functionName: this.strings.get(nameOf[index]),
      scriptId: scriptIdOf[index],
      scriptName: this.strings.get(scriptNameOf[index]),
      position: known ? position1(lineOf[index], columnOf[index]) : undefined,
    };
  }
}
