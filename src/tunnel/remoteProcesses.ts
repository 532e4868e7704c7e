import { LeaklineError } from '../base/errors';
import { cleanLine } from './cleanLine';
import type { Place } from './place';
import { runTool, type RunOptions } from './runTool';

/** A Node.js process of another machine. Its command line may say anything. */
interface RemoteProcess {
  readonly pid: number;
  readonly commandLine: string;
}

const SIGUSR1_BIT = 1n << 9n;
const NO_PROGRAM = /not found|no such file/i;

/** The Node.js processes at a place. @throws LeaklineError `tunnelFailed` if none can be listed */
async function listNodeProcesses(place: Place, options?: RunOptions): Promise<RemoteProcess[]> {
  const text = await runTool(place.listProcesses(), options);
  return text.split('\n').flatMap((line) => {
    const [, pid, commandLine = ''] = /^\s*(\d+)\s+(.+)$/.exec(line) ?? [];
    if (!isNode(commandLine)) return [];
    return [{ pid: Number(pid), commandLine: cleanLine(commandLine) }];
  });
}

/** The one Node.js process at a place. @throws LeaklineError `targetNotFound`, `ambiguousTarget` */
export async function onlyNodeProcess(place: Place, options?: RunOptions): Promise<number> {
  const found = await listNodeProcesses(place, options);
  const [only] = found;
  if (!only) throw noProcessError(place);
  if (found.length === 1) return only.pid;
  const lines = found.map(({ pid, commandLine }) => `  ${pid}: ${commandLine}`);
  throw new LeaklineError(
    'ambiguousTarget',
    `There are ${found.length} Node.js processes in ${place.title}:\n${lines.join('\n')}\n`,
    'Name the one that is meant by its process id: --remote-pid PID.',
  );
}

/**
 * Sends SIGUSR1, on which Node.js opens its inspector on 127.0.0.1. Any other process would be ended
 * by it, so what is not known to take it well gets none.
 * @throws LeaklineError `targetNotFound` if there is no such process or it would be ended;
 *   `tunnelFailed` if the signal cannot be sent
 */
export async function openRemoteInspector(
  place: Place,
  pid: number,
  options?: RunOptions,
): Promise<void> {
  await requireSignalHandler(place, pid, options);
  const kill = place.run(['kill', '-USR1', String(pid)]);
  try {
    await runTool(kill, options);
  } catch (error) {
    const isMissing = error instanceof LeaklineError && NO_PROGRAM.test(error.message);
    if (!place.otherSignal || !isMissing) throw error;
    await runTool(place.otherSignal(pid), options);
  }
}

async function requireSignalHandler(
  place: Place,
  pid: number,
  options: RunOptions | undefined,
): Promise<void> {
  const processes = await listNodeProcesses(place, options);
  const process = processes.find((candidate) => candidate.pid === pid);
  if (!process) throw noProcessError(place, pid);
  // Only Linux tells which signals a process handles; elsewhere its options are all there is.
  const status = await readStatus(place, pid, options);
  const [, caught] = /^SigCgt:\s*([0-9a-f]{1,32})$/m.exec(status) ?? [];
  const isCaught =
    caught === undefined
      ? !process.commandLine.includes('--disable-sigusr1')
      : (BigInt(`0x${caught}`) & SIGUSR1_BIT) !== 0n;
  if (isCaught) return;
  throw new LeaklineError(
    'targetNotFound',
    `Process ${pid} in ${place.title} would be ended by SIGUSR1, so it got none.`,
    'It runs with --disable-sigusr1. Start it with --inspect.',
  );
}

async function readStatus(
  place: Place,
  pid: number,
  options: RunOptions | undefined,
): Promise<string> {
  try {
    return await runTool(place.run(['cat', `/proc/${pid}/status`]), options);
  } catch (error) {
    if (error instanceof LeaklineError && error.code === 'cancelled') throw error;
    return '';
  }
}

function isNode(commandLine: string): boolean {
  const [program = ''] = commandLine.split(/\s/);
  return /^node(?:js)?(?:[-_.\d].*)?$/.test(program.split('/').at(-1) ?? '');
}

function noProcessError(place: Place, pid?: number): LeaklineError {
  return new LeaklineError(
    'targetNotFound',
    pid === undefined
      ? `No Node.js process was found in ${place.title}.`
      : `There is no Node.js process ${pid} in ${place.title}.`,
    'One that gave itself another title cannot be told from others: start it with --inspect.',
  );
}
