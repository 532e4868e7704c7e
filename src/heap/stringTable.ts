import { decodeJsonString } from './jsonString';

/**
 * The strings of a snapshot as the bytes that stood in the file, decoded when asked for: most are
 * never looked at, and decoded they would take several times the space.
 */
export class StringTable {
  readonly length: number;
  private readonly indexOfText = new Map<string, number>();

  /**
   * @param bytes insides of the JSON string literals, one after the other
   * @param firstByteOf offset of each string in `bytes`, and the end of the last one
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly firstByteOf: Uint32Array,
  ) {
    this.length = firstByteOf.length - 1;
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
    const { bytes, firstByteOf } = this;
    for (let index = 0; index < this.length; index++) {
      const start = firstByteOf[index];
      if (firstByteOf[index + 1] - start !== text.length) continue;
      let matched = 0;
      while (matched < text.length && bytes[start + matched] === text.charCodeAt(matched))
        matched++;
      if (matched === text.length) return index;
    }
    return -1;
  }
}
