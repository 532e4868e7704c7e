import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { truncatedSnapshot } from '../heap/snapshotErrors';

/** A snapshot on disk, read at any place. Threads of one process can share the descriptor. */
export class SnapshotFile {
  private constructor(
    readonly descriptor: number,
    readonly byteLength: number,
  ) {}

  /** @throws the file system's error */
  static open(path: string): SnapshotFile {
    const descriptor = openSync(path, 'r');
    return SnapshotFile.shared(descriptor);
  }

  /** A file that another thread has opened, and will close. */
  static shared(descriptor: number): SnapshotFile {
    return new SnapshotFile(descriptor, fstatSync(descriptor).size);
  }

  /**
   * Fills `bytes[0, length)` from `position` on.
   * @throws LeaklineError `truncatedSnapshot` if the file has become shorter
   */
  read(bytes: Uint8Array, position: number, length: number): void {
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.descriptor, bytes, filled, length - filled, position + filled);
      if (count === 0) throw truncatedSnapshot('while it is being read', position + filled);
      filled += count;
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
