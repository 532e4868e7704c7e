import { DIGIT_0, DIGIT_9 } from './ascii';
import { decodeJsonString } from './jsonString';

/** What a StringTable is made of: arrays that threads can share. */
export interface StringParts {
  /** Insides of the JSON string literals, one after the other. */
  readonly bytes: Uint8Array;
  /** Offset of each string in `bytes`, and the end of the last one. */
  readonly firstByteOf: Uint32Array;
}

/**
 * The strings of a snapshot as the bytes that stood in the file, decoded when asked for: most are
 * never looked at, and decoded they would take several times the space.
 */
export class StringTable {
  readonly length: number;
  private readonly bytes: Uint8Array;
  private readonly firstByteOf: Uint32Array;
  private readonly indexOfText = new Map<string, number>();

  constructor(readonly parts: StringParts) {
    this.bytes = parts.bytes;
    this.firstByteOf = parts.firstByteOf;
    this.length = parts.firstByteOf.length - 1;
  }

  /** @throws RangeError if there is no such string. */
  get(index: number): string {
    if (!(index >= 0 && index < this.length)) throw new RangeError(`No string ${index}.`);
    return decodeJsonString(this.bytes, this.firstByteOf[index], this.firstByteOf[index + 1]);
  }

  /**
   * First byte of a string as it stands in the file, 0 if it is empty: a cheap test before `get`.
   */
  firstByte(index: number): number {
    const start = this.firstByteOf[index];
    return start < this.firstByteOf[index + 1] ? this.bytes[start] : 0;
  }

  /** True if `text`, which is plain ASCII, stands behind the digits that a string begins with. */
  continuesAfterDigits(index: number, text: string): boolean {
    const start = this.endOfDigits(index);
    return this.firstByteOf[index + 1] - start >= text.length && this.reads(text, start);
  }

  /** A hash (FNV-1a) of what stands behind the digits that a string begins with. */
  hashAfterDigits(index: number): number {
    const end = this.firstByteOf[index + 1];
    let hash = 0x811c9dc5;
    for (let at = this.endOfDigits(index); at < end; at++) {
      hash = Math.imul(hash ^ this.bytes[at], 0x01000193);
    }
    return hash >>> 0;
  }

  /** True if two strings are the same behind the digits that they begin with. */
  equalAfterDigits(one: number, other: number): boolean {
    const { bytes, firstByteOf } = this;
    let at = this.endOfDigits(one);
    let otherAt = this.endOfDigits(other);
    const end = firstByteOf[one + 1];
    if (end - at !== firstByteOf[other + 1] - otherAt) return false;
    while (at < end) if (bytes[at++] !== bytes[otherAt++]) return false;
    return true;
  }

  private endOfDigits(index: number): number {
    const { bytes } = this;
    const end = this.firstByteOf[index + 1];
    let position = this.firstByteOf[index];
    while (position < end && bytes[position] >= DIGIT_0 && bytes[position] <= DIGIT_9) position++;
    return position;
  }

  /**
   * Index of the first string that reads `text`, -1 if there is none. V8 writes each string once.
   * The first call for a text scans the table, so ask for names known beforehand, not for each
   * object's.
   *
   * @param text ASCII without quotes, backslashes and control characters, which V8 writes as they
   *   are
   */
  indexOf(text: string): number {
    let index = this.indexOfText.get(text);
    if (index === undefined) {
      index = this.scanFor(text);
      this.indexOfText.set(text, index);
    }
    return index;
  }

  private scanFor(text: string): number {
    const { firstByteOf } = this;
    for (let index = 0; index < this.length; index++) {
      const start = firstByteOf[index];
      if (firstByteOf[index + 1] - start === text.length && this.reads(text, start)) return index;
    }
    return -1;
  }

  /** True if the bytes from `start` on are those of `text`. */
  private reads(text: string, start: number): boolean {
    for (let at = 0; at < text.length; at++) {
      if (this.bytes[start + at] !== text.charCodeAt(at)) return false;
    }
    return true;
  }
}
