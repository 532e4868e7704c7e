import { sharedUint32 } from '../heap/column';
import { notASnapshot } from '../heap/snapshotErrors';
import { isDigit, parseNumbers } from './numberBlock';
import type { Section } from './sectionFinder';
import type { SnapshotFile } from './snapshotFile';

/** Small enough that its numbers stay in a core's own cache until they are sorted into columns. */
const BLOCK_BYTES = 1 << 18;
const BLOCKS_PER_REPORT = 64;
/** What a block may be longer by, for a record that reaches over its end. */
const SLACK_BYTES = 1 << 10;

/** Sorts records into columns. */
export interface RecordWriter {
  readonly fieldCount: number;
  /** Takes whole records from `values[from]` on; the first one is record `firstRecord`. */
  write(values: Uint32Array, from: number, recordCount: number, firstRecord: number): void;
}

/** A section of records that two threads read at once, one from each end, until they meet. */
export interface RecordSection extends Section {
  readonly recordCount: number;
  /** How much a thread reads at a time. */
  readonly blockBytes: number;
  /** [0] counts the blocks that a thread has claimed. */
  readonly claims: Int32Array;
}

/** Where a reader stopped: everything before, or behind, is read. */
export interface MeetingPoint {
  readonly position: number;
  readonly record: number;
}

/**
 * @param blockBytes other blocks let the threads meet elsewhere
 * @throws LeaklineError `notASnapshot` if the section is too short for so many records: a header may
 *   lie
 */
export function recordSection(
  section: Section,
  recordCount: number,
  fieldCount: number,
  blockBytes = BLOCK_BYTES,
): RecordSection {
  if (recordCount * fieldCount * 2 > section.end - section.start + 1) {
    throw notASnapshot('its records are not as many as declared', section.end);
  }
  const claims = new Int32Array(sharedUint32(1).buffer);
  return { ...section, recordCount, blockBytes, claims };
}

/** The end of a section that nobody reads from the back. */
function endOf(section: RecordSection): MeetingPoint {
  return { position: section.end, record: section.recordCount };
}

/**
 * Reads a section of records. In which record a block in the middle begins cannot be known, but
 * numbers can be counted back from the end of the section as well as from its start: so there are
 * two readers, and where they meet every record has its number.
 */
export class RecordReader {
  private readonly bytes: Uint8Array;
  private readonly values: Uint32Array;
  private readonly blockCount: number;

  constructor(
    private readonly file: SnapshotFile,
    private readonly section: RecordSection,
    private readonly writer: RecordWriter,
  ) {
    const mostBytes = section.blockBytes + SLACK_BYTES;
    this.bytes = new Uint8Array(mostBytes + 1);
    this.values = new Uint32Array((mostBytes >> 1) + writer.fieldCount + 1);
    this.blockCount = Math.ceil((section.end - section.start) / section.blockBytes);
  }

  /**
   * Reads blocks from the start on until all are claimed.
   *
   * @param onProgress gets the part that is read, 0..1, now and then
   * @returns a function to call with where the other reader stopped: it reads what is between
   */
  readForward(onProgress: (fraction: number) => void): (other: MeetingPoint) => void {
    const { section, bytes, values } = this;
    const { fieldCount } = this.writer;
    let position = section.start;
    let record = 0;
    let count = 0;
    /** Reads up to `end`, or to the last separator before it. */
    const readTo = (end: number, cut: boolean): void => {
      this.load(position, end);
      let length = end - position;
      if (cut) while (length > 0 && isDigit(bytes[length - 1])) length--;
      count = parseNumbers(bytes, 0, length, values, count);
      position += length;
      const recordCount = Math.floor(count / fieldCount);
      this.write(0, recordCount, record);
      record += recordCount;
      values.copyWithin(0, recordCount * fieldCount, count);
      count -= recordCount * fieldCount;
    };
    for (let block = 1; this.claim(); block++) {
      readTo(Math.min(section.start + block * section.blockBytes, section.end), true);
      if (block % BLOCKS_PER_REPORT === 0) onProgress(this.claimed);
    }
    return (other) => {
      readTo(other.position, false);
      if (count > 0 || record !== other.record) throw this.miscounted();
    };
  }

  /** Reads blocks from the end backwards until all are claimed. */
  readBackward(): MeetingPoint {
    const { section, bytes, values } = this;
    const { fieldCount } = this.writer;
    let { position, record } = endOf(section);
    for (let block = this.blockCount - 1; this.claim(); block--) {
      // One byte more shows whether the block begins inside of a number.
      const start = section.start + Math.max(block * section.blockBytes - 1, 0);
      this.load(start, position);
      let first = 0;
      if (block > 0) while (isDigit(bytes[first])) first++;
      const count = parseNumbers(bytes, first, position - start, values, 0);
      const cutFields = count % fieldCount;
      const recordCount = (count - cutFields) / fieldCount;
      record -= recordCount;
      this.write(cutFields, recordCount, record);
      position = start + startOfNumber(bytes, first, position - start, cutFields);
    }
    return { position, record };
  }

  private get claimed(): number {
    return Math.min(this.section.claims[0] / this.blockCount, 1);
  }

  private claim(): boolean {
    return Atomics.add(this.section.claims, 0, 1) < this.blockCount;
  }

  private load(start: number, end: number): void {
    if (end < start || end - start >= this.bytes.length) throw this.miscounted();
    this.file.read(this.bytes, start, end - start);
  }

  private write(from: number, recordCount: number, firstRecord: number): void {
    if (firstRecord < 0 || firstRecord + recordCount > this.section.recordCount) {
      throw this.miscounted();
    }
    this.writer.write(this.values, from, recordCount, firstRecord);
  }

  private miscounted(): Error {
    return notASnapshot('its records are not as many as declared', this.section.end);
  }
}

/** Where number `index` of `bytes[from, to)` begins; `to` if there are not as many. */
function startOfNumber(bytes: Uint8Array, from: number, to: number, index: number): number {
  let position = from;
  for (let numbers = 0; ; numbers++) {
    while (position < to && !isDigit(bytes[position])) position++;
    if (position === to || numbers === index) return position;
    while (position < to && isDigit(bytes[position])) position++;
  }
}
