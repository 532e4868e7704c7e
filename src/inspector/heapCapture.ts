import type { WriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { formatBytes } from '../base/bytes';
import type { Disposable } from '../base/disposable';
import { LeaklineError } from '../base/errors';
import type { Progress, ProgressListener } from '../base/progress';
import type { CdpSession } from './cdpSession';
import { withDeadline } from './deadline';
import type { ObjectIdSentinels } from './objectIdSentinels';

export interface CaptureOptions {
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
  /** At which the target is held to send without end. Default: any. */
  readonly maxBytes?: number;
}

export interface CaptureResult {
  readonly path: string;
  readonly bytes: number;
  /**
   * False if object ids were reset since the capture before: this snapshot cannot be compared with
   * any earlier one and is a new baseline. True for the first.
   */
  readonly idsHold: boolean;
  /** From the command to its answer: about as long as the program stood still. */
  readonly milliseconds: number;
}

/**
 * Unwritten bytes at which reading from the target stops until the file has caught up. A chunk is
 * about 100 kB, so at most this and a chunk or two are in memory.
 */
const HIGH_WATER_BYTES = 4 * 1024 * 1024;

/** What a message costs us at the least, so that empty ones do not go on for ever. */
const LEAST_MESSAGE_BYTES = 64;

/**
 * Takes heap snapshots over one connection, one after the other. V8 cannot be stopped once it builds
 * one, and its chunks do not say which call they belong to: after a cancelled capture the next one
 * waits for the old call's reply, which comes after its last chunk.
 */
export class HeapCapture {
  /** Settles with the reply to the last call; undefined when V8 is not at work for us. */
  private running: Promise<unknown> | undefined;
  /** V8 does not say how long a snapshot will be, but it is much like the one before. */
  private lastLength: number | undefined;

  constructor(
    private readonly client: CdpSession,
    private readonly sentinels: ObjectIdSentinels,
  ) {}

  /**
   * Streams a snapshot to `path`, readable by its owner only; while it grows it is `path` + `.part`.
   * On every failure that file is removed, and an abort settles at once.
   * @throws LeaklineError `storage`, `connectionLost`, `protocol` or `cancelled`
   */
  async capture(path: string, options: CaptureOptions = {}): Promise<CaptureResult> {
    const { signal } = options;
    const part = `${path}.part`;
    const stream = await createPart(part);
    try {
      while (this.running) {
        options.onProgress?.({ message: 'Waiting for the cancelled heap snapshot to end' });
        await withDeadline(this.running, { signal });
      }
      const milliseconds = await withDeadline(this.receive(stream, options), { signal });
      await rename(part, path).catch((error: unknown) => {
        throw storageError(path, error);
      });
      this.lastLength = stream.bytesWritten;
      const idsHold = this.sentinels.takeVerdict();
      return { path, bytes: stream.bytesWritten, idsHold, milliseconds };
    } catch (error) {
      await discard(stream, part);
      throw error;
    }
  }

  /** @returns milliseconds that V8 was at work */
  private async receive(stream: WriteStream, options: CaptureOptions): Promise<number> {
    const failed = new Promise<never>((_, reject) => {
      stream.once('error', (error) => reject(storageError(String(stream.path), error)));
    });
    failed.catch(() => undefined);
    const subscriptions = this.pump(stream, options);
    let milliseconds = 0;
    const reply = this.sentinels.around(async () => {
      const start = performance.now();
      await this.client.send('HeapProfiler.takeHeapSnapshot', {
        reportProgress: true,
        captureNumericValue: false,
      });
      milliseconds = performance.now() - start;
    });
    const settled = () => {
      this.running = undefined;
      for (const subscription of subscriptions) subscription.dispose();
    };
    this.running = reply.then(settled, settled);
    await Promise.race([reply, failed]);
    stream.end();
    await Promise.race([finished(stream), failed]);
    return milliseconds;
  }

  /** Writes each chunk to `stream`, and holds the target back while the file is behind. */
  private pump(
    stream: WriteStream,
    { onProgress, maxBytes = Infinity }: CaptureOptions,
  ): Disposable[] {
    const { client } = this;
    let received = 0;
    let spent = 0;
    const spend = (bytes: number) => {
      spent += Math.max(bytes, LEAST_MESSAGE_BYTES);
      if (spent > maxBytes) client.abandon(endlessError(maxBytes));
    };
    stream.on('drain', () => client.resumeReading());
    // A stream that has failed or was given up does not drain.
    stream.on('close', () => client.resumeReading());
    return [
      client.on('HeapProfiler.reportHeapSnapshotProgress', ({ done, total }) => {
        spend(0);
        if (stream.destroyed) return;
        const fraction = total > 0 ? Math.min(done / total, 1) : 0;
        onProgress?.({ message: 'Building the heap snapshot', fraction });
      }),
      client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
        spend(chunk.length);
        if (stream.destroyed) return;
        received += chunk.length;
        onProgress?.(this.writingProgress(received));
        if (!stream.write(chunk)) client.pauseReading();
      }),
    ];
  }

  private writingProgress(received: number): Progress {
    const message = `Writing the heap snapshot: ${formatBytes(received)}`;
    if (this.lastLength === undefined) return { message };
    return { message, fraction: Math.min(received / this.lastLength, 0.99) };
  }
}

async function createPart(part: string): Promise<WriteStream> {
  try {
    const file = await open(part, 'wx', 0o600);
    return file.createWriteStream({ highWaterMark: HIGH_WATER_BYTES, encoding: 'utf8' });
  } catch (error) {
    throw storageError(part, error);
  }
}

async function discard(stream: WriteStream, part: string): Promise<void> {
  if (!stream.closed) {
    const closed = new Promise<void>((resolve) => stream.once('close', resolve));
    stream.destroy();
    await closed;
  }
  await rm(part, { force: true }).catch(() => undefined);
}

function endlessError(maxBytes: number): LeaklineError {
  return new LeaklineError(
    'protocol',
    `The target goes on sending its heap snapshot after ${formatBytes(maxBytes)}, more than its heap can take.`,
    'Check that the address belongs to a Node.js inspector.',
  );
}

function storageError(path: string, cause: unknown): LeaklineError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LeaklineError(
    'storage',
    `The heap snapshot could not be written to ${path}: ${why}`,
    'Check that the folder exists, that you may write there, and that the disk is not full.',
    { cause },
  );
}
