import { mayBeInspector, USUAL_PORTS } from './inspectorPorts';
import {
  listeningSockets,
  nodeProcesses,
  socketsOf,
  startOptions,
  type ListeningSocket,
} from './processInfo';
import { listTargets, type Target } from './targets';

/** A program of this machine whose inspector is open. */
export interface LocalTarget {
  /** HOST:PORT of its inspector. */
  readonly address: string;
  readonly target: Target;
  /** Absent where the system does not say who listens. */
  readonly pid?: number;
  /** The program and its arguments; empty where the system does not say. */
  readonly commandLine: readonly string[];
}

interface Process {
  readonly pid: number;
  readonly commandLine: readonly string[];
}

const ANSWER_MS = 1_000;

/**
 * Finds the inspectable Node.js processes of this machine. On Linux it looks up who listens where
 * and asks each socket that may be an inspector's once, as long as that is open; elsewhere it asks
 * the usual ports each time. It opens no inspector and connects to no target.
 */
export class LocalTargets {
  /** What a socket has answered, by inode. */
  private answers = new Map<string, readonly Target[]>();

  /** @returns newest process first; none of what cannot be found out */
  find(): Promise<LocalTarget[]> {
    return process.platform === 'linux' ? this.findListening() : findAtUsualPorts();
  }

  private async findListening(): Promise<LocalTarget[]> {
    const [sockets, pids] = await Promise.all([listeningSockets('self'), nodeProcesses()]);
    const open = new Set(sockets.map(({ inode }) => inode));
    this.answers = new Map([...this.answers].filter(([inode]) => open.has(inode)));
    const found = await Promise.all(pids.map((pid) => this.targetsOf(pid, sockets)));
    return found.flat().sort((a, b) => (b.pid ?? 0) - (a.pid ?? 0));
  }

  private async targetsOf(pid: number, sockets: readonly ListeningSocket[]) {
    const own = await socketsOf(pid, sockets);
    if (own.length === 0) return [];
    const options = await startOptions(pid);
    const candidates = own.filter((socket) => mayBeInspector(socket, options));
    const { commandLine } = options;
    const found = candidates.map((socket) => this.targetsAt(socket, { pid, commandLine }));
    return (await Promise.all(found)).flat();
  }

  private async targetsAt(socket: ListeningSocket, process: Process): Promise<LocalTarget[]> {
    const { inode, host, port } = socket;
    const targets = this.answers.get(inode) ?? (await ask(host, port));
    this.answers.set(inode, targets);
    return targets.map((target) => ({ ...process, address: addressOf(target), target }));
  }
}

async function findAtUsualPorts(): Promise<LocalTarget[]> {
  const found = await Promise.all(USUAL_PORTS.map((port) => ask('127.0.0.1', port)));
  return found.flat().map((target) => ({ address: addressOf(target), target, commandLine: [] }));
}

/** Whoever gives no proper answer is no inspector. */
function ask(host: string, port: number): Promise<Target[]> {
  const options = { timeoutMs: ANSWER_MS };
  return listTargets({ kind: 'endpoint', host, port }, options).catch(() => []);
}

function addressOf({ webSocketUrl }: Target): string {
  return new URL(webSocketUrl).host;
}
