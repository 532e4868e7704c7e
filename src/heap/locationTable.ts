/** A place in a script that ran: V8's script id, line and column counted from 0. */
export interface CodeLocation {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/**
 * Where the code of closures, and of the constructors of instances, begins. Rows are ordered by
 * node.
 */
export class LocationTable {
  readonly length: number;

  constructor(
    readonly nodeOf: Uint32Array,
    readonly scriptIdOf: Uint32Array,
    readonly lineOf: Uint32Array,
    readonly columnOf: Uint32Array,
  ) {
    this.length = nodeOf.length;
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
