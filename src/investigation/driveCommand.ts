import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LeaklineError } from '../base/errors';

const TAIL_LINES = 5;
const KILL_AFTER_MS = 2_000;
const DRAIN_MS = 1_000;
const IS_WINDOWS = process.platform === 'win32';

export interface DriveOptions {
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
  /** Absolute; the current folder unless given. */
  readonly cwd?: string;
}

/**
 * Runs a shell command to its end. It inherits the environment; its output arrives line by line.
 * @throws LeaklineError `driveFailed` if it ends with anything but exit code 0, with its last lines;
 * `cancelled` after an abort, once the command and what it started are gone.
 */
export async function runDrive(command: string, options: DriveOptions): Promise<void> {
  if (options.signal.aborted) throw cancelled();
  // A group of its own, so that one signal reaches the shell and everything that it has started.
  const child = spawn(command, {
    shell: true,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    detached: !IS_WINDOWS,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail: string[] = [];
  const onLine = (line: string) => {
    tail.push(line);
    if (tail.length > TAIL_LINES) tail.shift();
    options.onLine(line);
  };
  const output = Promise.all([
    forEachLine(child.stdout, onLine),
    forEachLine(child.stderr, onLine),
  ]);
  const release = endWithUs(child, options.signal);
  try {
    const outcome = await exitOf(child);
    await drained(child, output);
    if (options.signal.aborted) throw cancelled();
    if (outcome !== 'exit code 0') throw driveFailed(outcome, tail);
  } finally {
    release();
  }
}

/** How the child ended, in words. */
async function exitOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return signal ? `signal ${signal}` : `exit code ${code}`;
  } catch (error) {
    throw new LeaklineError('driveFailed', 'The drive command could not be started.', undefined, {
      cause: error,
    });
  }
}

/** A process that the command left in the background may keep the pipes open for ever. */
async function drained(child: ChildProcess, output: Promise<unknown>): Promise<void> {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, DRAIN_MS);
  await output;
  clearTimeout(timer);
}

async function forEachLine(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  lines.on('line', onLine);
  stream.once('close', () => lines.close());
  await once(lines, 'close');
}

/** Takes the group down with an abort or with this process; undone by the result. */
function endWithUs(child: ChildProcess, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | undefined;
  const kill = () => killGroup(child, 'SIGKILL');
  const onAbort = () => {
    killGroup(child, 'SIGTERM');
    timer = setTimeout(kill, KILL_AFTER_MS);
  };
  signal.addEventListener('abort', onAbort);
  process.on('exit', kill);
  return () => {
    // Those of an aborted group that ignored SIGTERM must not outlive their shell.
    if (signal.aborted) kill();
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    process.off('exit', kill);
  };
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (IS_WINDOWS) {
    spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function driveFailed(outcome: string, tail: readonly string[]): LeaklineError {
  const last = tail.length > 0 ? ` Its last output:\n${tail.join('\n')}` : '';
  return new LeaklineError(
    'driveFailed',
    `The drive command ended with ${outcome}.`,
    `Run it by hand until it works.${last}`,
  );
}

function cancelled(): LeaklineError {
  return new LeaklineError('cancelled', 'Cancelled.');
}
