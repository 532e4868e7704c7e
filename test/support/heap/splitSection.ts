import {
  RecordReader,
  type RecordSection,
  type RecordWriter,
} from '../../../src/analysis/recordSection';
import type { SnapshotFile } from '../../../src/analysis/snapshotFile';

/** Keeps all numbers of a section, in the order of the file. */
class Table implements RecordWriter {
  readonly numbers: Uint32Array;

  constructor(
    recordCount: number,
    readonly fieldCount: number,
  ) {
    this.numbers = new Uint32Array(recordCount * fieldCount);
  }

  write(values: Uint32Array, from: number, recordCount: number, firstRecord: number): void {
    const { fieldCount } = this;
    this.numbers.set(
      values.subarray(from, from + recordCount * fieldCount),
      firstRecord * fieldCount,
    );
  }
}

/** How many blocks the readers of a section share. */
export function blockCountOf({ start, end, blockBytes }: RecordSection): number {
  return Math.ceil((end - start) / blockBytes);
}

/**
 * Reads a section from both ends, where the reader from the start has the first blocks and the one
 * from the end has the rest.
 *
 * @returns the numbers in the section
 */
export function readSplit(
  file: SnapshotFile,
  section: RecordSection,
  fieldCount: number,
  forwardBlocks: number,
): Uint32Array {
  const table = new Table(section.recordCount, fieldCount);
  // What one reader has claimed is not for the other.
  section.claims[0] = forwardBlocks;
  const met = new RecordReader(file, section, table).readBackward();
  section.claims[0] = blockCountOf(section) - forwardBlocks;
  new RecordReader(file, section, table).readForward(() => {})(met);
  return table.numbers;
}
