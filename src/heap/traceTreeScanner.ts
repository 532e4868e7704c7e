import type { TraceTree } from './allocationTraces';
import { CLOSE_BRACKET, COMMA, DIGIT_0, OPEN_BRACKET, describeByte, isWhitespace } from './ascii';
import type { ByteInput, ValueScanner } from './byteInput';
import { grown, UINT32 } from './column';
import { notASnapshot } from './snapshotErrors';
import type { TraceFormat } from './snapshotFormat';

const FIRST_ROWS = 1 << 10;

/** An array of records that is not at its end yet. */
interface OpenArray {
  /** Whose children they are; -1 at the top. */
  readonly parent: number;
  /** Of the record that is being read. */
  row: number;
  /** How many values of this record are read: the field count if it is complete. */
  field: number;
}

/**
 * Reads the "trace_tree" section: an array with one record, the root, where one field of each record
 * is the array of the records below it. The depth is not bounded, so there is no recursion.
 */
export class TraceTreeScanner implements ValueScanner {
  done = false;
  private rows = 0;
  private columns = Array.from({ length: 5 }, () => new Uint32Array(FIRST_ROWS));
  /** The column that takes the value of a field, by its place in a record. */
  private readonly columnAt: number[] = [];
  private readonly fieldCount: number;
  private readonly childrenField: number;
  private readonly open: OpenArray[] = [];
  private number = 0;
  private inNumber = false;

  constructor(private readonly format: TraceFormat) {
    const { fieldCount, id, functionInfo, count, size, children } = format.treeNode;
    this.fieldCount = fieldCount;
    this.childrenField = children;
    for (const [column, field] of [id, functionInfo, count, size].entries()) {
      this.columnAt[field] = column;
    }
  }

  scan(input: ByteInput): void {
    const { bytes } = input;
    while (!this.done && !input.exhausted) {
      const byte = bytes[input.position];
      const digit = byte - DIGIT_0;
      if (digit >= 0 && digit <= 9) this.digit(digit, input);
      else {
        if (this.inNumber) this.endNumber(input);
        if (byte === OPEN_BRACKET) this.openArray(input);
        else if (byte === CLOSE_BRACKET) this.closeArray(input);
        else if (byte !== COMMA && !isWhitespace(byte)) {
          throw notASnapshot(`${describeByte(byte)} in "trace_tree"`, input.offset);
        }
      }
      input.position++;
    }
  }

  /** @throws LeaklineError `notASnapshot` if a row belongs to no function, or there is none. */
  finish(byteOffset: number): TraceTree {
    const { rows } = this;
    const [idOf, functionOf, countOf, sizeOf, parentOf] = this.columns.map((column) =>
      column.slice(0, rows),
    );
    if (rows === 0) throw notASnapshot('its "trace_tree" section is empty', byteOffset);
    const stray = functionOf.findIndex((index) => index >= this.format.functionCount);
    if (stray >= 0) throw notASnapshot(`row ${stray} of its traces has no function`, byteOffset);
    return { idOf, parentOf, functionOf, countOf, sizeOf };
  }

  private digit(digit: number, input: ByteInput): void {
    this.number = (this.inNumber ? this.number * 10 : 0) + digit;
    this.inNumber = true;
    if (this.number > UINT32) throw this.broken(input);
  }

  private endNumber(input: ByteInput): void {
    this.inNumber = false;
    const array = this.arrayOfNextValue(input);
    if (array.field === this.childrenField) throw this.broken(input);
    const column = this.columnAt[array.field];
    if (column !== undefined) this.columns[column][array.row] = this.number;
    array.field++;
  }

  private openArray(input: ByteInput): void {
    let parent = -1;
    if (this.open.length > 0) {
      const array = this.arrayOfNextValue(input);
      if (array.field !== this.childrenField) throw this.broken(input);
      array.field++;
      parent = array.row;
    }
    this.open.push({ parent, row: -1, field: this.fieldCount });
  }

  private closeArray(input: ByteInput): void {
    if (this.open.pop()?.field !== this.fieldCount) throw this.broken(input);
    this.done = this.open.length === 0;
  }

  /** The innermost array, standing at the place of a value: a record begins behind a complete one. */
  private arrayOfNextValue(input: ByteInput): OpenArray {
    const array = this.open.at(-1);
    if (!array) throw this.broken(input);
    if (array.field === this.fieldCount) {
      const isSecondRoot = array.parent < 0 && array.row >= 0;
      if (isSecondRoot) throw this.broken(input);
      array.row = this.addRow(array.parent);
      array.field = 0;
    }
    return array;
  }

  private addRow(parent: number): number {
    const row = this.rows++;
    const [{ length }] = this.columns;
    if (row === length) this.columns = this.columns.map((column) => grown(column, length * 2));
    this.columns[4][row] = parent < 0 ? row : parent;
    return row;
  }

  private broken(input: ByteInput): Error {
    return notASnapshot('its "trace_tree" section is no tree', input.offset);
  }
}
