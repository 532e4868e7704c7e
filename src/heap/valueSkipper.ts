import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  isWhitespace,
} from './ascii';
import type { ByteInput, ValueScanner } from './byteInput';

/** Passes over one JSON value of any kind without keeping it. Brackets are counted, not matched. */
export class ValueSkipper implements ValueScanner {
  done = false;
  private depth = 0;
  private started = false;
  private inString = false;
  private escaped = false;

  scan(input: ByteInput): void {
    const { bytes } = input;
    let position = input.position;
    while (position < bytes.length && !this.done) {
      const byte = bytes[position];
      if (this.inString) this.stringByte(byte);
      else if (this.depth === 0 && this.started && endsScalar(byte)) {
        // A number or a literal ends before a byte that is not its own.
        this.done = true;
        break;
      } else this.structureByte(byte);
      position++;
    }
    input.position = position;
  }

  private stringByte(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) {
      this.inString = false;
      this.done = this.depth === 0;
    }
  }

  private structureByte(byte: number): void {
    this.started = true;
    if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) this.depth++;
    else if (byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
      this.depth--;
      this.done = this.depth <= 0;
    }
  }
}

function endsScalar(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isWhitespace(byte);
}
