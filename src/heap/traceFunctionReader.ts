import type { TracedFunctions } from './allocationTraces';
import { grown, nextCapacity, UINT32 } from './column';
import type { RecordSink } from './numberScanner';
import { notASnapshot } from './snapshotErrors';
import type { TraceFormat } from './snapshotFormat';
import type { StringTable } from './stringTable';

const FIRST_FUNCTIONS = 1 << 10;

/** Sorts the records of the "trace_function_infos" section into columns. */
export class TraceFunctionReader implements RecordSink {
  readonly fieldCount: number;
  private count = 0;
  private columns = Array.from({ length: 5 }, () => new Uint32Array(FIRST_FUNCTIONS));
  /** Where each of the columns stands in a record. */
  private readonly fields: readonly number[];

  constructor(private readonly format: TraceFormat) {
    const { fieldCount, name, scriptName, scriptId, line, column } = format.functionInfo;
    this.fieldCount = fieldCount;
    this.fields = [name, scriptName, scriptId, line, column];
  }

  append(values: Float64Array, recordCount: number, byteOffset: number): void {
    this.reserve(this.count + recordCount, byteOffset);
    for (const [index, field] of this.fields.entries()) {
      const column = this.columns[index];
      for (let record = 0; record < recordCount; record++) {
        const value = values[record * this.fieldCount + field];
        if (!(value >= 0 && value <= UINT32)) {
          throw notASnapshot(
            `function ${this.count + record} of the traces is invalid`,
            byteOffset,
          );
        }
        column[this.count + record] = value;
      }
    }
    this.count += recordCount;
  }

  /**
   * @throws LeaklineError `notASnapshot` if the functions are not as many as declared, or one is
   *   named by a string that is not there
   */
  finish(byteOffset: number, strings: StringTable): TracedFunctions {
    const { count } = this;
    const { functionCount } = this.format;
    if (count !== functionCount) {
      const problem = `it declares ${functionCount} functions in traces but has ${count}`;
      throw notASnapshot(problem, byteOffset);
    }
    const [nameOf, scriptNameOf, scriptIdOf, lineOf, columnOf] = this.columns.map((column) =>
      column.slice(0, count),
    );
    const missing = (index: number) => index >= strings.length;
    if (nameOf.some(missing) || scriptNameOf.some(missing)) {
      throw notASnapshot('a function in its traces is named by a missing string', byteOffset);
    }
    return { nameOf, scriptNameOf, scriptIdOf, lineOf, columnOf };
  }

  private reserve(needed: number, byteOffset: number): void {
    const { functionCount } = this.format;
    if (needed > functionCount) {
      const problem = `it declares ${functionCount} functions in traces but has more`;
      throw notASnapshot(problem, byteOffset);
    }
    const [{ length }] = this.columns;
    if (needed <= length) return;
    const capacity = nextCapacity(length, needed, functionCount);
    this.columns = this.columns.map((column) => grown(column, capacity));
  }
}
