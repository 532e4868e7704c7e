import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AnalysisClient } from '../analysis/analysisClient';
import { formatBytes } from '../base/bytes';
import { LeaklineError, throwIfAborted } from '../base/errors';
import type { ProgressListener } from '../base/progress';

export interface CopyOptions {
  readonly onProgress: ProgressListener;
  readonly signal: AbortSignal;
}

/**
 * Copies a snapshot file, readable by its owner only. While it grows it is `to` + `.part`; a file at
 * `to` is replaced when the copy is whole, and a failure leaves it alone.
 * @throws LeaklineError `storage` or `cancelled`
 */
export function copySnapshot(from: string, to: string, options: CopyOptions): Promise<void> {
  const { signal, onProgress } = options;
  return replaceWhenWhole(to, signal, async (part) => {
    const { size } = await stat(from);
    const counter = countBytes((copied) =>
      onProgress({
        message: `Copying: ${formatBytes(copied)} of ${formatBytes(size)}`,
        fraction: Math.min(1, copied / size),
      }),
    );
    const target = createWriteStream(part, { mode: 0o600 });
    await pipeline(createReadStream(from), counter, target, { signal });
  });
}

/**
 * Copies a snapshot file as `copySnapshot` does, but without the values that the program had in
 * memory; see `redactSnapshot`.
 * @throws LeaklineError `notASnapshot`, `truncatedSnapshot`, `outOfMemory`, `storage` or `cancelled`
 */
export async function copyRedacted(
  from: string,
  to: string,
  options: CopyOptions & { readonly workerPath: string },
): Promise<void> {
  const { signal, onProgress, workerPath } = options;
  const analysis = new AnalysisClient(workerPath);
  try {
    await replaceWhenWhole(to, signal, (part) =>
      analysis.redact({ path: from, to: part }, onProgress, signal),
    );
  } finally {
    analysis.dispose();
  }
}

async function replaceWhenWhole(
  to: string,
  signal: AbortSignal,
  write: (part: string) => Promise<void>,
): Promise<void> {
  const part = `${to}.part`;
  try {
    await write(part);
    await rename(part, to);
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throwIfAborted(signal);
    if (error instanceof LeaklineError) throw error;
    throw new LeaklineError(
      'storage',
      `The snapshot could not be saved as ${to}: ${(error as Error).message}`,
      'Check that you may write there, and that the disk is not full.',
      { cause: error },
    );
  }
}

function countBytes(onCount: (bytes: number) => void): Transform {
  let count = 0;
  return new Transform({
    transform(chunk: Uint8Array, _, done) {
      onCount((count += chunk.byteLength));
      done(undefined, chunk);
    },
  });
}
