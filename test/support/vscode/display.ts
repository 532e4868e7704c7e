import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** A screen for desktop programs. */
export interface Display {
  /** Value for the environment variable DISPLAY; undefined where none is needed. */
  name: string | undefined;
  close(): void;
}

/** This machine's own screen, else a virtual one made by Xvfb. Throws where there is neither. */
export async function openDisplay(): Promise<Display> {
  const own = process.env['DISPLAY'];
  if (process.platform !== 'linux' || own) return { name: own, close: () => {} };

  const screen = ['-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  const xvfb = spawn('Xvfb', ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const started = once(xvfb.stdio[3] as Readable, 'data') as Promise<[Buffer]>;
  const failed = once(xvfb, 'exit').then(() => {
    throw new Error('Xvfb ended at once');
  });
  const [number] = await Promise.race([started, failed]).catch((error: unknown) => {
    throw new Error(`There is no DISPLAY, and Xvfb does not start: ${String(error)}`);
  });
  failed.catch(() => {});
  return { name: `:${number.toString().trim()}`, close: () => xvfb.kill() };
}
