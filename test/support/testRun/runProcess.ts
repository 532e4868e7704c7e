import { type ChildProcess, spawn } from 'node:child_process';
import { projectRoot } from '../projectRoot';
import type { ProcessEnd } from './suiteResult';

/** Time a process has to clean up after it was asked to end, before it is killed. */
const graceMs = 15_000;

/**
 * Runs Node.js with `args` in the repository's top folder, its output passed through.
 * The process leads a group of its own, so that whatever it started ends with it: after
 * `limitSeconds`, or when this process is interrupted.
 */
export function runProcess(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  limitSeconds: number,
): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: process.platform !== 'win32',
    });
    let stoppedAfter: number | undefined;
    const limit = setTimeout(() => {
      stoppedAfter = limitSeconds;
      stop();
    }, limitSeconds * 1000);
    let kill: NodeJS.Timeout | undefined;

    const stop = () => {
      signalGroup(child, 'SIGINT');
      kill ??= setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    };
    const interrupted = () => {
      stop();
      child.once('close', () => process.exit(130));
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);

    const release = () => {
      clearTimeout(limit);
      clearTimeout(kill);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('close', (code, signal) => {
      release();
      // What the process left running has lost its parent, and is ended with it.
      signalGroup(child, 'SIGKILL');
      resolve({ code, signal, ...(stoppedAfter !== undefined && { stoppedAfter }) });
    });
  });
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
