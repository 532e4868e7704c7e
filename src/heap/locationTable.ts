/** A place in a script that ran: V8's script id, line and column counted from 0. */
export interface CodeLocation {
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** What a LocationTable is made of: arrays that threads can share, by row in file order. */
export interface LocationParts {
  /** NodeOrdinal. */
  readonly nodeOf: Uint32Array;
  readonly scriptIdOf: Uint32Array;
  readonly lineOf: Uint32Array;
  readonly columnOf: Uint32Array;
}

/**
 * Where the code of closures, and of the constructors of instances, begins.
 */
export class LocationTable implements LocationParts {
  readonly length: number;
  readonly nodeOf: Uint32Array;
  readonly scriptIdOf: Uint32Array;
  readonly lineOf: Uint32Array;
  readonly columnOf: Uint32Array;
  private rows: Uint32Array | undefined;

  constructor(readonly parts: LocationParts) {
    this.length = parts.nodeOf.length;
    this.nodeOf = parts.nodeOf;
    this.scriptIdOf = parts.scriptIdOf;
    this.lineOf = parts.lineOf;
    this.columnOf = parts.columnOf;
  }

  static readonly EMPTY = new LocationTable({
    nodeOf: new Uint32Array(0),
    scriptIdOf: new Uint32Array(0),
    lineOf: new Uint32Array(0),
    columnOf: new Uint32Array(0),
  });

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

  /** The rows in the order of their nodes; V8 writes them in the order of its visit. */
  private get rowsByNode(): Uint32Array {
    this.rows ??= this.sortRows();
    return this.rows;
  }

  private sortRows(): Uint32Array {
    const { nodeOf, length } = this;
    let endOfNodes = 0;
    for (let row = 0; row < length; row++) endOfNodes = Math.max(endOfNodes, nodeOf[row] + 1);
    const rowAfter = new Uint32Array(endOfNodes);
    for (let row = 0; row < length; row++) rowAfter[nodeOf[row]] = row + 1;
    const rows = new Uint32Array(length);
    let found = 0;
    for (let node = 0; node < endOfNodes; node++) {
      if (rowAfter[node] > 0) rows[found++] = rowAfter[node] - 1;
    }
    return rows.subarray(0, found);
  }

  private rowOf(node: number): number {
    const { rowsByNode } = this;
    let low = 0;
    let high = rowsByNode.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const row = rowsByNode[middle];
      const found = this.nodeOf[row];
      if (found === node) return row;
      if (found < node) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}
