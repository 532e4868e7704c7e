import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { formatBytes } from '../base/bytes';
import { LeaklineError, throwIfAborted, type CancelSignal } from '../base/errors';
import type { ProgressListener } from '../base/progress';
import { redactSnapshot } from '../heap/redactSnapshot';
import type { RedactRequest } from './contract';
import { requireMemory } from './memoryNeed';

/**
 * Writes a redacted copy of a snapshot file, readable by its owner only; see `redactSnapshot`. A
 * failure leaves what was written until then.
 * @throws LeaklineError `notASnapshot`, `truncatedSnapshot`, `outOfMemory`, `storage` or `cancelled`
 */
export async function redactSnapshotFile(
  { path, to }: RedactRequest,
  onProgress: ProgressListener,
  signal: CancelSignal,
): Promise<void> {
  try {
    const { size } = await stat(path);
    const tell = (doing: string, bytes: number, before: number) =>
      onProgress({
        message: `${doing}: ${formatBytes(bytes)} of ${formatBytes(size)}`,
        fraction: Math.min(1, (before + bytes) / (2 * size)),
      });
    const redacted = redactSnapshot(() => createReadStream(path), {
      byteLength: size,
      signal,
      onCounts: (counts) => requireMemory(counts, size),
      onProgress: (bytes) => tell('Reading', bytes, 0),
    });
    const target = createWriteStream(to, { mode: 0o600 });
    target.on('drain', () => tell('Writing', target.bytesWritten, size));
    await pipeline(redacted, target);
  } catch (error) {
    throwIfAborted(signal);
    if (error instanceof LeaklineError) throw error;
    throw new LeaklineError(
      'storage',
      `The snapshot could not be redacted: ${(error as Error).message}`,
      'Check that you may read and write there, and that the disk is not full.',
      { cause: error },
    );
  }
}
