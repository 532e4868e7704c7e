/** A place in a script that ran: V8's script id, line and column counted from 0. */
export interface CodeLocation {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** What a LocationTable is made of: arrays that threads can share, by row. */
export interface LocationParts {
  /** NodeOrdinal, ascending. */
  readonly nodeOf: Uint32Array;
  readonly scriptIdOf: Uint32Array;
  readonly lineOf: Uint32Array;
  readonly columnOf: Uint32Array;
}

/**
 * Where the code of closures, and of the constructors of instances, begins. Rows are ordered by
 * node.
 */
export class LocationTable implements LocationParts {
  readonly length: number;
  readonly nodeOf: Uint32Array;
  readonly scriptIdOf: Uint32Array;
  readonly lineOf: Uint32Array;
  readonly columnOf: Uint32Array;

  constructor(readonly parts: LocationParts) {
    this.length = parts.nodeOf.length;
    this.nodeOf = parts.nodeOf;
    this.scriptIdOf = parts.scriptIdOf;
    this.lineOf = parts.lineOf;
    this.columnOf = parts.columnOf;
  }

  /** The location of a node, if it has one. */
  get(node: number): CodeLocation | undefined {
    const row = this.rowOf(node);
    if (row < 0) return undefined;
    return {
      scriptId: this.scriptIdOf[row],
      line: this.lineOf[row],
      column: this.columnOf[row],
    };
  }

  private rowOf(node: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.nodeOf[middle];
      if (found === node) return middle;
      if (found < node) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
