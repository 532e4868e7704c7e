import {
  CLOSE_BRACKET,
  COMMA,
  DIGIT_0,
  DIGIT_9,
  MINUS,
  OPEN_BRACKET,
  describeByte,
  isWhitespace,
} from './ascii';
import type { ByteInput, ValueScanner } from './byteInput';
import { notASnapshot } from './snapshotErrors';

/** Takes the records of a section, a batch at a time. */
export interface RecordSink {
  readonly fieldCount: number;
  /** `values` holds `recordCount` whole records; `byteOffset` is where the last of them ends. */
  append(values: Float64Array, recordCount: number, byteOffset: number): void;
}

/** Few enough that a batch stays in the CPU's first caches until it is sorted into columns. */
const RECORDS_PER_BATCH = 1024;
/** As many digits always fit into 31 bits. */
const SMALL_DIGITS = 9;

/**
 * Reads a flat JSON array of integers straight from the bytes and hands it on in batches of
 * records.
 */
export class NumberScanner implements ValueScanner {
  done = false;
  private readonly values: Float64Array;
  private count = 0;
  private opened = false;
  /** The number that is cut by the end of a chunk, negative, or too long for the fast path. */
  private pending = 0;
  private pendingDigits = 0;
  private negative = false;

  constructor(
    private readonly section: string,
    private readonly sink: RecordSink,
  ) {
    this.values = new Float64Array(sink.fieldCount * RECORDS_PER_BATCH);
  }

  scan(input: ByteInput): void {
    if (!this.opened) {
      if (input.bytes[input.position] !== OPEN_BRACKET) {
        throw notASnapshot(`its "${this.section}" section is not an array`, input.offset);
      }
      this.opened = true;
      input.position++;
    }
    while (!this.done && !input.exhausted) {
      if (this.pendingDigits > 0 || this.negative) this.scanPending(input);
      else this.scanSmall(input);
    }
  }

  /**
   * The hot loop: small positive numbers that lie whole in this chunk. Stops before anything else.
   */
  private scanSmall(input: ByteInput): void {
    const { bytes } = input;
    const { values } = this;
    const end = bytes.length;
    let count = this.count;
    let position = input.position;
    while (position < end) {
      const byte = bytes[position];
      if (byte >= DIGIT_0 && byte <= DIGIT_9) {
        const start = position;
        let value = byte - DIGIT_0;
        position++;
        let digit = 0;
        while (position < end && (digit = bytes[position] - DIGIT_0) >= 0 && digit <= 9) {
          value = (value * 10 + digit) | 0;
          position++;
        }
        if (position === end || position - start > SMALL_DIGITS) {
          this.accumulate(bytes, start, position);
          break;
        }
        values[count++] = value;
        if (count === values.length) {
          input.position = position;
          this.flush(count, input);
          count = 0;
        }
      } else if (byte === COMMA || isWhitespace(byte)) {
        position++;
      } else break;
    }
    this.count = count;
    input.position = position;
    if (position < end && this.pendingDigits === 0) this.special(input);
  }

  /** A byte that is neither part of a small number nor between two. */
  private special(input: ByteInput): void {
    const byte = input.bytes[input.position];
    if (byte === CLOSE_BRACKET) {
      this.flush(this.count, input);
      this.done = true;
    } else if (byte === MINUS) {
      this.negative = true;
    } else {
      throw notASnapshot(
        `${describeByte(byte)} among the numbers of "${this.section}"`,
        input.offset,
      );
    }
    input.position++;
  }

  private scanPending(input: ByteInput): void {
    const { bytes } = input;
    const start = input.position;
    let end = start;
    while (end < bytes.length && bytes[end] >= DIGIT_0 && bytes[end] <= DIGIT_9) end++;
    this.accumulate(bytes, start, end);
    input.position = end;
    if (end < bytes.length) this.finishPending(input);
  }

  private accumulate(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) this.pending = this.pending * 10 + (bytes[at] - DIGIT_0);
    this.pendingDigits += end - start;
  }

  private finishPending(input: ByteInput): void {
    if (this.pendingDigits === 0 || this.pending > Number.MAX_SAFE_INTEGER) {
      throw notASnapshot(`a number of "${this.section}" is no safe integer`, input.offset);
    }
    this.values[this.count++] = this.negative ? -this.pending : this.pending;
    this.pending = 0;
    this.pendingDigits = 0;
    this.negative = false;
    if (this.count === this.values.length) {
      this.flush(this.count, input);
      this.count = 0;
    }
  }

  private flush(count: number, input: ByteInput): void {
    const recordCount = count / this.sink.fieldCount;
    if (!Number.isInteger(recordCount)) {
      throw notASnapshot(`the last record of "${this.section}" is incomplete`, input.offset);
    }
    this.sink.append(this.values, recordCount, input.offset);
  }
}
