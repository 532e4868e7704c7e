import {
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  isWhitespace,
} from '../heap/ascii';
import { ByteInput } from '../heap/byteInput';
import { decodeAscii } from '../heap/jsonString';
import { notASnapshot } from '../heap/snapshotErrors';
import { readSnapshotFormat, type SnapshotFormat } from '../heap/snapshotFormat';
import { ValueSkipper } from '../heap/valueSkipper';
import type { SnapshotFile } from './snapshotFile';

/** The bytes between the brackets of a flat array: [start, end). */
export interface Section {
  readonly start: number;
  readonly end: number;
}

/** Where everything is in a file that is laid out as V8 does it. */
export interface SnapshotSections {
  readonly format: SnapshotFormat;
  readonly nodes: Section;
  readonly edges: Section;
  readonly locations: Section | undefined;
  /** Where the array of strings, the last section, begins with its bracket. */
  readonly strings: number;
}

const WINDOW_BYTES = 1 << 20;

/**
 * Finds the sections without reading the numbers in them.
 *
 * @throws LeaklineError `notASnapshot` if the file is laid out in any other way than V8 does it;
 *   the streaming parser may still read it
 */
export function findSections(file: SnapshotFile): SnapshotSections {
  return new SectionFinder(file).find();
}

class SectionFinder {
  private readonly window = Buffer.allocUnsafe(WINDOW_BYTES);
  private windowStart = 0;
  private windowEnd = 0;
  private position = 0;
  private format: SnapshotFormat | undefined;
  private readonly arrays = new Map<string, Section>();

  constructor(private readonly file: SnapshotFile) {}

  find(): SnapshotSections {
    this.expect(OPEN_BRACE);
    for (;;) {
      const key = this.key();
      if (key === 'strings') return this.found();
      if (key === 'snapshot') this.format = this.formatWithoutTraces();
      else if (key === 'nodes' || key === 'locations') this.setArray(key, this.numbers());
      else if (key === 'edges') this.setArray(key, this.numbersBefore('"trace_function_infos":'));
      else this.skipValue();
      this.expect(COMMA);
    }
  }

  private found(): SnapshotSections {
    const { format } = this;
    const nodes = this.arrays.get('nodes');
    const edges = this.arrays.get('edges');
    if (!format || !nodes || !edges) throw this.unexpected();
    const locations = format.location && this.arrays.get('locations');
    return { format, nodes, edges, locations, strings: this.position };
  }

  /** A recording of allocations, with a tree in it that one thread has to read, is left alone. */
  private formatWithoutTraces(): SnapshotFormat {
    const format = this.header();
    if (this.format || format.traces) throw this.unexpected();
    return format;
  }

  private header(): SnapshotFormat {
    const start = this.position;
    this.skipValue();
    const length = this.position - start;
    if (length > WINDOW_BYTES) throw this.unexpected();
    const json = Buffer.allocUnsafe(length);
    this.file.read(json, start, length);
    return readSnapshotFormat(decodeAscii(json, 0, length), this.position);
  }

  private setArray(key: string, section: Section): void {
    if (!this.format || this.arrays.has(key)) throw this.unexpected();
    this.arrays.set(key, section);
  }

  /**
   * An array of numbers that is longer than all that follows: its end is looked for from the end of
   * the file, as what is before `nextKey`. No string can hold that, with quotes that are not escaped.
   * Whoever reads the numbers will notice if there is a bracket before the one found.
   */
  private numbersBefore(nextKey: string): Section {
    const value = this.position;
    const keyAt = this.lastIndexOf(Buffer.from(nextKey), value);
    const before = Buffer.alloc(8);
    const at = keyAt - before.length;
    if (at <= value) return this.numbers();
    this.file.read(before, at, before.length);
    const bracket = before.lastIndexOf(CLOSE_BRACKET);
    if (bracket < 0) return this.numbers();
    this.expect(OPEN_BRACKET);
    const section = { start: this.position, end: at + bracket };
    this.position = section.end + 1;
    return section;
  }

  /** The last place in the file where `bytes` are; -1 if there is none from `start` on. */
  private lastIndexOf(bytes: Buffer, start: number): number {
    const window = Buffer.allocUnsafe(WINDOW_BYTES);
    for (let end = this.file.byteLength; end > start; end -= WINDOW_BYTES - bytes.length) {
      const from = Math.max(end - WINDOW_BYTES, start);
      this.file.read(window, from, end - from);
      const at = window.subarray(0, end - from).lastIndexOf(bytes);
      if (at >= 0) return from + at;
    }
    return -1;
  }

  /** Nothing between the brackets of an array of numbers is a bracket. */
  private numbers(): Section {
    this.expect(OPEN_BRACKET);
    const start = this.position;
    for (;;) {
      this.fill();
      const at = this.window
        .subarray(0, this.windowEnd - this.windowStart)
        .indexOf(CLOSE_BRACKET, this.position - this.windowStart);
      if (at >= 0) {
        const end = this.windowStart + at;
        this.position = end + 1;
        return { start, end };
      }
      this.position = this.windowEnd;
    }
  }

  private skipValue(): void {
    const skipper = new ValueSkipper();
    const input = new ByteInput();
    while (!skipper.done) {
      this.fill();
      input.advance(
        this.window.subarray(this.position - this.windowStart, this.windowEnd - this.windowStart),
      );
      skipper.scan(input);
      this.position += input.position;
    }
  }

  /** Reads `"key":` and stands at the value then. */
  private key(): string {
    this.expect(QUOTE);
    let key = '';
    for (let byte = this.next(); byte !== QUOTE; byte = this.next()) {
      key += String.fromCharCode(byte);
      if (key.length > 64) throw this.unexpected();
    }
    this.expect(COLON);
    this.skipWhitespace();
    return key;
  }

  private expect(byte: number): void {
    this.skipWhitespace();
    if (this.next() !== byte) throw this.unexpected();
  }

  private skipWhitespace(): void {
    while (isWhitespace(this.next()));
    this.position--;
  }

  private next(): number {
    this.fill();
    return this.window[this.position++ - this.windowStart];
  }

  /** Makes sure that the byte at `position` is in the window. */
  private fill(): void {
    if (this.position >= this.windowStart && this.position < this.windowEnd) return;
    const length = Math.min(WINDOW_BYTES, this.file.byteLength - this.position);
    if (length <= 0) throw this.unexpected();
    this.file.read(this.window, this.position, length);
    this.windowStart = this.position;
    this.windowEnd = this.position + length;
  }

  private unexpected(): Error {
    return notASnapshot('it is not laid out as V8 does it', this.position);
  }
}
