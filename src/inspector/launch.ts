import { spawn, type ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { LeaklineError } from '../base/errors';
import { AnnouncementWatch } from './announcements';
import { withDeadline } from './deadline';
import { endProcessGroup, killProcessGroup } from './processGroup';

interface LaunchOptions {
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Receives each line that the program prints, without those of Node's inspector. */
  readonly onOutput?: ((line: string, stream: 'stdout' | 'stderr') => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the program to be up. Default 30,000 ms. */
  readonly timeoutMs?: number;
}

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface LaunchedTarget {
  readonly webSocketUrl: string;
  /** Of the command itself: of npm, say, not of the program that npm started. */
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Ends the command and everything it started: SIGTERM, then after 3 s SIGKILL. */
  stop(): Promise<void>;
}

/** A free port, open to this machine only. */
const INSPECT = '--inspect=127.0.0.1:0';
const STOP_GRACE_MS = 3_000;
const LAST_LINES = 10;
const LAST_LINES_WAIT_MS = 500;

/**
 * Starts a command with its Node.js program under the inspector: `node …` gets the option, any other
 * command (npm, a shell) hands it down in NODE_OPTIONS. Of several Node processes that the command
 * starts the last one counts.
 * @throws LeaklineError `usage`, `launchFailed` if it cannot be started, ends at once or starts no
 * Node.js program, or `cancelled`; nothing is left running
 */
export async function launchUnderInspector(
  command: readonly string[],
  options: LaunchOptions = {},
): Promise<LaunchedTarget> {
  const { signal, timeoutMs = 30_000 } = options;
  if (command.length === 0) throw new LeaklineError('usage', 'There is no command to start.');
  const shown = command.join(' ');
  const child = start(command, options);
  const watch = new AnnouncementWatch();
  const lastLines = readOutput(child, watch, options);
  const exited = exitOf(child);
  const stop = stopperOf(child);
  const endedFirst = async (): Promise<never> => {
    const why = await exited.then(
      describeExit,
      (error: Error) => `cannot be started: ${error.message}`,
    );
    await drained(child);
    throw launchError(`${shown} ${why}`, lastLines);
  };
  const timedOut = () =>
    launchError(`${shown} started no Node.js program within ${timeoutMs / 1000} s`, lastLines);
  try {
    const url = Promise.race([watch.settledUrl(), endedFirst()]);
    const webSocketUrl = await withDeadline(url, { signal, timeoutMs, timedOut });
    return { webSocketUrl, pid: child.pid ?? 0, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function start(command: readonly string[], options: LaunchOptions): ChildProcess {
  const { cwd, env = process.env } = options;
  const [file = '', ...args] = command;
  const isNode = /^node(?:js)?(?:\.exe)?$/i.test(basename(file)) || file === process.execPath;
  const inherited = `${env['NODE_OPTIONS'] ?? ''} ${INSPECT}`.trim();
  return spawn(file, isNode ? [INSPECT, ...args] : args, {
    cwd,
    env: isNode ? env : { ...env, NODE_OPTIONS: inherited },
    stdio: ['ignore', 'pipe', 'pipe'],
    // The leader of a process group, so that `stop` reaches what it starts.
    detached: process.platform !== 'win32',
  });
}

/** Hands the lines on. Returns an array that goes on holding the last lines of stderr. */
function readOutput(child: ChildProcess, watch: AnnouncementWatch, options: LaunchOptions) {
  const lastLines: string[] = [];
  const read = (from: Readable | null, stream: 'stdout' | 'stderr') => {
    if (!from) return;
    createInterface({ input: from }).on('line', (line) => {
      if (stream === 'stderr' && watch.readLine(line)) return;
      options.onOutput?.(line, stream);
      if (stream === 'stderr') lastLines.splice(0, lastLines.push(line) - LAST_LINES);
    });
  };
  read(child.stdout, 'stdout');
  read(child.stderr, 'stderr');
  return lastLines;
}

function exitOf(child: ChildProcess): Promise<Exit> {
  const exited = new Promise<Exit>((resolve, reject) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', reject);
  });
  exited.catch(() => undefined);
  return exited;
}

/** Also sees to it that the command does not outlive this process. */
function stopperOf(child: ChildProcess): () => Promise<void> {
  const killAtExit = () => killProcessGroup(child);
  process.once('exit', killAtExit);
  const stop = async () => {
    await endProcessGroup(child, STOP_GRACE_MS);
    process.removeListener('exit', killAtExit);
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  let stopped: Promise<void> | undefined;
  return () => (stopped ??= stop());
}

/** Waits until the output was read, or for a moment if somebody else holds the pipes open. */
async function drained(child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  await Promise.race([closed, delay(LAST_LINES_WAIT_MS)]);
}

function describeExit({ code, signal }: Exit): string {
  return signal ? `was ended by ${signal} at once` : `ended at once with exit code ${code}`;
}

function launchError(what: string, lastLines: readonly string[]): LeaklineError {
  const output = lastLines.length > 0 ? ` Its last lines were:\n${lastLines.join('\n')}\n` : '';
  return new LeaklineError(
    'launchFailed',
    `${what}.${output}`,
    'Check that the command works by itself and keeps a Node.js program running.',
  );
}
