import {
  BACKSLASH,
  CLOSE_BRACKET,
  COMMA,
  OPEN_BRACKET,
  QUOTE,
  describeByte,
  isWhitespace,
} from './ascii';
import type { ByteInput, ValueScanner } from './byteInput';
import { sharedUint32, sharedUint8, UINT32 } from './column';
import { notASnapshot } from './snapshotErrors';
import { StringTable } from './stringTable';

const MOST_BYTES = UINT32;
const FIRST_STRINGS = 1 << 12;

/** Reads the "strings" array into one run of raw bytes. */
export class StringScanner implements ValueScanner {
  done = false;
  private bytes: Uint8Array;
  private byteCount = 0;
  private firstByteOf = sharedUint32(FIRST_STRINGS);
  private count = 0;
  private opened = false;
  private inString = false;
  private escaped = false;

  /** @param expectedBytes how many bytes to make room for at first */
  constructor(expectedBytes: number) {
    this.bytes = sharedUint8(expectedBytes);
  }

  scan(input: ByteInput): void {
    if (!this.opened) this.open(input);
    // No chunk adds more than its own length, so the loops below need not check for room.
    this.reserve(input);
    while (!this.done && !input.exhausted) {
      if (this.inString) this.scanString(input);
      else this.scanBetween(input);
    }
  }

  /** The strings read; call once, when done. */
  finish(): StringTable {
    return new StringTable({
      bytes: this.bytes.subarray(0, this.byteCount),
      firstByteOf: this.firstByteOf.subarray(0, this.count + 1),
    });
  }

  private open(input: ByteInput): void {
    if (input.bytes[input.position] !== OPEN_BRACKET) {
      throw notASnapshot('its "strings" section is not an array', input.offset);
    }
    this.opened = true;
    input.position++;
  }

  private scanString(input: ByteInput): void {
    const source = input.bytes;
    const target = this.bytes;
    let position = input.position;
    let length = this.byteCount;
    let escaped = this.escaped;
    for (; position < source.length; position++) {
      const byte = source[position];
      if (escaped) escaped = false;
      else if (byte === QUOTE) break;
      else escaped = byte === BACKSLASH;
      target[length++] = byte;
    }
    this.escaped = escaped;
    this.byteCount = length;
    input.position = position;
    if (position < source.length) this.endString(input);
  }

  private endString(input: ByteInput): void {
    this.inString = false;
    input.position++;
    this.count++;
    if (this.count === this.firstByteOf.length) {
      const longer = sharedUint32(this.count * 2);
      longer.set(this.firstByteOf);
      this.firstByteOf = longer;
    }
    this.firstByteOf[this.count] = this.byteCount;
  }

  private scanBetween(input: ByteInput): void {
    const byte = input.bytes[input.position];
    if (byte === QUOTE) this.inString = true;
    else if (byte === CLOSE_BRACKET) this.done = true;
    else if (byte !== COMMA && !isWhitespace(byte)) {
      throw notASnapshot(`${describeByte(byte)} between two strings`, input.offset);
    }
    input.position++;
  }

  private reserve(input: ByteInput): void {
    const needed = this.byteCount + input.bytes.length - input.position;
    if (needed <= this.bytes.length) return;
    if (needed > MOST_BYTES) {
      throw notASnapshot('its strings exceed 4 GiB', input.offset);
    }
    const longer = sharedUint8(Math.min(MOST_BYTES, Math.max(needed, this.bytes.length * 2)));
    longer.set(this.bytes);
    this.bytes = longer;
  }
}
