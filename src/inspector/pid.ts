import { setTimeout as delay } from 'node:timers/promises';
import { LeaklineError } from '../base/errors';
import { CdpClient } from './cdpClient';
import { withDeadline } from './deadline';
import { portOnSignal } from './inspectorPorts';
import {
  listenerOn,
  listeningEndpoints,
  opensInspectorOnSignal,
  startOptions,
  wasToldToInspect,
  type Endpoint,
} from './processInfo';
import { listTargets } from './targets';

interface PidOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest wait for the inspector to come up. Default 5,000 ms. */
  readonly timeoutMs?: number;
}

const DEFAULT_PORT = 9229;
const POLL_MS = 50;
/** Polls after which the ports that the process had before are asked too. */
const PATIENCE = 20;

/**
 * The ws:// URL of a Node.js process's inspector, which is opened if it is not yet (SIGUSR1; it
 * listens on 127.0.0.1:9229 unless the process was told another port). A port that may be the
 * program's own is asked only when nothing else is left.
 * @throws LeaklineError `usage` for a bad number, `targetNotFound` if there is no such process, it
 * is not ours to signal or not Node.js, `notAnInspector` if no inspector opened, or `cancelled`
 */
export async function openInspectorOf(pid: number, options: PidOptions = {}): Promise<string> {
  const { signal, timeoutMs = 5_000 } = options;
  requireProcess(pid);
  const before = await listeningEndpoints(pid);
  const open = await findInspector(pid, await likelyEndpoints(pid, before));
  if (open !== undefined) return open;
  if (!(await opensInspectorOnSignal(pid))) throw notNodeError(pid);
  const port = portOnSignal(await startOptions(pid));
  const taker = port === 0 ? undefined : await listenerOn(port, pid);
  startInspector(pid);
  const stop = new AbortController();
  try {
    const found = pollForInspector(pid, before, stop.signal);
    return await withDeadline(found, {
      signal,
      timeoutMs,
      timedOut: () => unopenedError(pid, port, taker),
    });
  } finally {
    stop.abort();
  }
}

async function pollForInspector(
  pid: number,
  before: readonly Endpoint[] | undefined,
  stop: AbortSignal,
): Promise<string> {
  for (let polls = 1; ; polls++) {
    await delay(POLL_MS, undefined, { signal: stop });
    requireProcess(pid);
    const now = await listeningEndpoints(pid);
    const isNew = ({ port }: Endpoint) => !before?.some((known) => known.port === port);
    const found = await findInspector(pid, polls % PATIENCE === 0 ? now : now?.filter(isNew));
    if (found !== undefined) return found;
  }
}

/** Where an inspector that is open already would be. */
async function likelyEndpoints(pid: number, endpoints: Endpoint[] | undefined) {
  if (await wasToldToInspect(pid)) return endpoints;
  return endpoints?.filter(({ port }) => port === DEFAULT_PORT);
}

/** Asks each endpoint of the process; where the system does not tell them, the default port. */
async function findInspector(
  pid: number,
  endpoints: readonly Endpoint[] | undefined,
): Promise<string | undefined> {
  if (!endpoints) {
    const url = await inspectorAt({ host: '127.0.0.1', port: DEFAULT_PORT });
    return url !== undefined && (await isInspectorOf(url, pid)) ? url : undefined;
  }
  for (const endpoint of endpoints) {
    const url = await inspectorAt(endpoint);
    if (url !== undefined) return url;
  }
  return undefined;
}

async function inspectorAt(endpoint: Endpoint): Promise<string | undefined> {
  try {
    const targets = await listTargets({ kind: 'endpoint', ...endpoint }, { timeoutMs: 1_000 });
    return targets[0]?.webSocketUrl;
  } catch {
    return undefined;
  }
}

/**
 * Sees that it is the process that was meant whose inspector answers: its port may have been taken by
 * another one.
 * @throws LeaklineError `targetNotFound`, or as connecting does
 */
export async function requireInspectorOf(url: string, pid: number): Promise<void> {
  if (await isInspectorOf(url, pid)) return;
  throw new LeaklineError(
    'targetNotFound',
    `The inspector that answers is not that of process ${pid}.`,
    'Another process has the port. Name that of the one that is meant: --inspect-port PORT.',
  );
}

async function isInspectorOf(url: string, pid: number): Promise<boolean> {
  const client = await CdpClient.connect(url);
  try {
    const expression = 'process.pid';
    const { value } = await client.send('Runtime.evaluate', {
      expression,
      throwOnSideEffect: true,
    });
    return value === pid;
  } finally {
    await client.close();
  }
}

function requireProcess(pid: number): void {
  if (!Number.isSafeInteger(pid) || pid <= 0) {
    throw new LeaklineError(
      'usage',
      `${pid} is not a process id.`,
      'Give a positive whole number.',
    );
  }
  signalOrThrow(pid, () => process.kill(pid, 0));
}

function startInspector(pid: number): void {
  // Undocumented but what `node inspect -p PID` uses; on Windows there is no other way.
  const node = process as unknown as { _debugProcess(pid: number): void };
  signalOrThrow(pid, () => node._debugProcess(pid));
}

function signalOrThrow(pid: number, signal: () => void): void {
  try {
    signal();
  } catch (error) {
    const denied = (error as { code?: unknown }).code === 'EPERM';
    throw new LeaklineError(
      'targetNotFound',
      denied ? `You may not signal process ${pid}.` : `There is no process ${pid}.`,
      denied ? 'Run as the user who owns it.' : 'List the running ones with: ps -C node',
      { cause: error },
    );
  }
}

function notNodeError(pid: number): LeaklineError {
  return new LeaklineError(
    'targetNotFound',
    `Process ${pid} is not a Node.js program that opens its inspector on request.`,
    'Give the process id of node itself, not of npm or a shell; or start the program with node --inspect.',
  );
}

/** @param taker The process that had the port before. */
function unopenedError(pid: number, port: number, taker: number | undefined): LeaklineError {
  const message = `Process ${pid} did not open its inspector`;
  if (taker === undefined) {
    return new LeaklineError(
      'notAnInspector',
      `${message}.`,
      `Port ${port} may be in use by another program. Restart this one with node --inspect=0.`,
    );
  }
  return new LeaklineError(
    'notAnInspector',
    `${message}: process ${taker} listens on port ${port} already.`,
    'The processes of a cluster share one port, unless cluster.setupPrimary({ inspectPort: 0 }) gives each its own: look into the one that has it.',
  );
}
