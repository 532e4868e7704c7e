import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ToolCommand } from './toolCommand';
import { ToolOutput } from './toolOutput';

/** How a tool ended. */
export interface ToolEnd {
  /** It never ran, as there is no such program. */
  readonly isMissing: boolean;
  /** Such as `ended with exit code 255`. */
  readonly how: string;
}

/** A tool that runs until it is told to end. */
export interface GuardedTool {
  /** Resolves when it has ended and what it said was read. */
  readonly ended: Promise<ToolEnd>;
  readonly lastLines: readonly string[];
  /** Ends it and what it started; resolves when that is done. */
  end(): Promise<void>;
}

const GONE: ToolEnd = { isMissing: false, how: 'was ended' };

/**
 * Starts a tool below a guard, a small process that ends the tool when this process ends, in
 * whatever way: signals, crashes and SIGKILL included.
 * @param guardPath absolute path of the bundled guard, dist/tunnelGuard.js
 * @param onLine gets each line that the tool prints, cleaned
 */
export function startGuarded(
  command: ToolCommand,
  guardPath: string,
  onLine: (line: string) => void,
): GuardedTool {
  const guard = fork(guardPath, [command.file, ...command.args], {
    // The leader of a group: what a terminal sends to us (Ctrl+C) is ours to act on.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
    ...('electron' in process.versions && {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    }),
  });
  const output = new ToolOutput(onLine);
  if (guard.stdout) output.read(guard.stdout);
  if (guard.stderr) output.read(guard.stderr);
  let end = GONE;
  guard.on('message', (message) => (end = message as ToolEnd));
  guard.once('exit', () => {
    // Left over only if somebody has killed the guard.
    if (guard.pid !== undefined) killGroup(guard.pid);
  });
  const failed = once(guard, 'error').then(([error]): ToolEnd => ({
    isMissing: false,
    how: `could not be started: ${(error as Error).message}`,
  }));
  // Not the event `close`, which never comes if it is we who disconnect.
  const sources = [guard.stdout, guard.stderr].map((stream) => stream && once(stream, 'close'));
  const gone = Promise.all([once(guard, 'exit'), once(guard, 'disconnect'), ...sources]);
  const ended = gone.then(
    () => end,
    () => failed,
  );
  return {
    ended,
    lastLines: output.lastLines,
    async end() {
      if (guard.connected) guard.disconnect();
      await ended;
    },
  };
}

function killGroup(pid: number): void {
  if (process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
