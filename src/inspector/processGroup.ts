import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;
/** More than a process needs to die of SIGKILL. */
const KILL_MS = 500;

/**
 * Ends `child` and what it started: asks politely, and after `graceMs` no more. `child` must have
 * been spawned `detached`, which makes it the leader of a process group (Windows has none; there the
 * process tree is ended).
 */
export async function endProcessGroup(child: ChildProcess, graceMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') return endTree(pid);
  signalGroup(pid, 'SIGTERM');
  if (await isGoneWithin(pid, graceMs)) return;
  signalGroup(pid, 'SIGKILL');
  await isGoneWithin(pid, KILL_MS);
}

/** False also if what is left has ended but nobody has asked for its exit status. */
async function isGoneWithin(pid: number, ms: number): Promise<boolean> {
  for (let waited = 0; signalGroup(pid, 0); waited += POLL_MS) {
    if (waited >= ms) return false;
    await delay(POLL_MS);
  }
  return true;
}

/** Kills the group at once; for when this process itself is about to end. */
export function killProcessGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') child.kill();
  else signalGroup(child.pid, 'SIGKILL');
}

/** False if nobody is left in the group. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

async function endTree(pid: number): Promise<void> {
  const kill = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
  await new Promise((resolve) => kill.once('close', resolve).once('error', resolve));
}
