import { nodeProcesses, opensInspectorOnSignal, processStatus, startOptions } from './processInfo';
import type { LocalTarget } from './localTargets';

/** A Node.js process of this machine, whether or not its inspector is open. */
export interface LocalProcess {
  /** Absent where the system does not say who listens. */
  readonly pid?: number;
  /** The Node.js process that started it, by itself or through a shell; absent if none did. */
  readonly parent?: number;
  /** The program and its arguments; empty where the system does not say. */
  readonly commandLine: readonly string[];
  /** Resident set size; absent where the system does not say. */
  readonly residentBytes?: number;
  /** Its inspector, if that is open. */
  readonly inspector?: LocalTarget;
  /** True if a signal opens its inspector; any other process would die of it. */
  readonly opensOnSignal: boolean;
}

/** A process, and those that it started. */
export interface ProcessNode {
  readonly process: LocalProcess;
  readonly children: readonly ProcessNode[];
}

/**
 * The Node.js processes of this machine, but for this one. It only reads what the system says, which
 * is little but on Linux: elsewhere there are those whose inspector was found, and no others.
 * @param targets the inspectors that are open, as `LocalTargets.find` gives them
 * @returns newest first
 */
export async function listLocalProcesses(targets: readonly LocalTarget[]): Promise<LocalProcess[]> {
  const pids = await nodeProcesses();
  const known = new Set(pids);
  const found = await Promise.all(
    pids.map((pid) => {
      const inspector = targets.find((target) => target.pid === pid);
      return describeProcess(pid, known, inspector);
    }),
  );
  const others = targets.filter(({ pid }) => pid === undefined);
  return [
    ...others.map((inspector) => ({ inspector, commandLine: [], opensOnSignal: false })),
    ...found.filter((one) => one !== undefined).sort((a, b) => b.pid - a.pid),
  ];
}

/** Puts processes below those that started them; each level in the order given. */
export function processTree(processes: readonly LocalProcess[]): ProcessNode[] {
  const listed = new Set(processes.map(({ pid }) => pid));
  const below = (pid: number): ProcessNode[] =>
    processes.filter(({ parent }) => parent === pid).map(node);
  const node = (process: LocalProcess): ProcessNode => ({
    process,
    children: process.pid === undefined ? [] : below(process.pid),
  });
  return processes.filter(({ parent }) => parent === undefined || !listed.has(parent)).map(node);
}

/** Undefined if it has ended meanwhile. */
async function describeProcess(
  pid: number,
  known: ReadonlySet<number>,
  inspector: LocalTarget | undefined,
) {
  const [status, { commandLine }, opensOnSignal] = await Promise.all([
    processStatus(pid),
    startOptions(pid),
    opensInspectorOnSignal(pid),
  ]);
  // One that has ended, and that nobody has asked about, has no memory.
  if (status?.residentBytes === undefined) return undefined;
  const { residentBytes } = status;
  const parent = await ancestorIn(known, status.parent);
  return {
    pid,
    ...(parent !== undefined && { parent }),
    commandLine,
    residentBytes,
    ...(inspector && { inspector }),
    opensOnSignal,
  };
}

/** The first of a process and those above it that is in `known`. */
async function ancestorIn(known: ReadonlySet<number>, pid: number): Promise<number | undefined> {
  for (let at = pid; at > 1; at = (await processStatus(at))?.parent ?? 0) {
    if (known.has(at)) return at;
  }
  return undefined;
}
