/**
 * The bytes at hand and how far they are read. Scanners advance `position`; chunks come in order.
 */
export class ByteInput {
  bytes: Uint8Array = new Uint8Array(0);
  position = 0;
  private consumed = 0;

  /** Replaces the current chunk, which must have been read to its end. */
  advance(chunk: Uint8Array): void {
    this.consumed += this.bytes.length;
    this.bytes = chunk;
    this.position = 0;
  }

  /** Offset of the next byte from the beginning of the file. */
  get offset(): number {
    return this.consumed + this.position;
  }

  get exhausted(): boolean {
    return this.position >= this.bytes.length;
  }
}

/** Reads one JSON value from the input, over as many chunks as it takes. */
export interface ValueScanner {
  readonly done: boolean;
  /** Reads until the value or the chunk ends. */
  scan(input: ByteInput): void;
}
