import { type ChildProcess, spawn } from 'node:child_process';

export interface ProcessOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the process and all that it has started. */
  readonly signal: AbortSignal;
  /** It is asked first, and has so many milliseconds to clean up; without, it is killed at once. */
  readonly graceMs?: number;
}

/** A process of its own group, which ends with this process at the latest. */
export interface RunningProcess {
  /** All that it has written so far. */
  readonly output: { stdout: string; stderr: string };
  /** Its exit code, or the signal that ended it. Rejects if it could not be started. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Called after each piece of output. */
  onOutput: () => void;
  /** Ends it and whatever it has started. */
  end(): void;
}

export function startProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): RunningProcess {
  options.signal.throwIfAborted();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const kill = () => signalGroup(child, 'SIGKILL');
  let later: NodeJS.Timeout | undefined;
  const end = () => {
    if (options.graceMs === undefined) return kill();
    signalGroup(child, 'SIGINT');
    later ??= setTimeout(kill, options.graceMs);
  };
  process.on('exit', kill);
  options.signal.addEventListener('abort', end);

  const running: RunningProcess = {
    output: { stdout: '', stderr: '' },
    onOutput: () => {},
    end,
    ended: new Promise<number | NodeJS.Signals>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve(code ?? signal!));
    }).finally(() => {
      clearTimeout(later);
      process.off('exit', kill);
      options.signal.removeEventListener('abort', end);
      // What it left running ends with it.
      kill();
    }),
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      running.output[stream] += text;
      running.onOutput();
    });
  }
  return running;
}

/**
 * Runs a process to its end and answers what it wrote to standard output.
 * @throws with what it said, unless it ends with one of `goodCodes`; if it does not
 * end within `limitSeconds`; if the signal is aborted.
 */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: ProcessOptions & { limitSeconds: number; goodCodes?: readonly number[] },
): Promise<string> {
  const running = startProcess(command, args, options);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    running.end();
  }, options.limitSeconds * 1000);
  const end = await running.ended.finally(() => clearTimeout(limit));
  options.signal.throwIfAborted();
  if (late) throw new Error(`It did not end within ${options.limitSeconds} s.`);
  if (typeof end === 'string' || !(options.goodCodes ?? [0]).includes(end)) {
    throw new Error(`It ended with ${end}: ${gistOf(running)}`);
  }
  return running.output.stdout;
}

/** What a process has said first and last, on one line. */
export function gistOf({ output }: RunningProcess): string {
  const lines = `${output.stdout}\n${output.stderr}`.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => /\w/.test(line));
  const gist = said.length > 8 ? [...said.slice(0, 4), '…', ...said.slice(-4)] : said;
  return gist.join(' | ').slice(0, 800);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Every process of the group has ended already.
  }
}
