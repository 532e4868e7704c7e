import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const SIGUSR1_BIT = 1n << 9n;
const LISTEN = '0A';

/**
 * True if SIGUSR1 makes this process open its inspector. Any other process would die of it, so what
 * cannot be found out counts as no.
 */
export async function opensInspectorOnSignal(pid: number): Promise<boolean> {
  // There Node uses no signal, and refuses a process that is not its own kind.
  if (process.platform === 'win32') return true;
  try {
    const isNode = isNodeExecutable(await executableOf(pid));
    return isNode && (process.platform !== 'linux' || (await catchesSigusr1(pid)));
  } catch {
    return false;
  }
}

/** True if the process was told on its command line or in NODE_OPTIONS to open an inspector. */
export async function wasToldToInspect(pid: number): Promise<boolean> {
  const { commandLine, nodeOptions } = await startOptions(pid);
  return [...commandLine, nodeOptions].some((option) => option.includes('--inspect'));
}

/** How a process was started; empty where the system does not say (only Linux does). */
export interface StartOptions {
  /** The program and its arguments. */
  readonly commandLine: readonly string[];
  /** The environment variable NODE_OPTIONS. */
  readonly nodeOptions: string;
}

export async function startOptions(pid: number): Promise<StartOptions> {
  const read = async (file: string) => {
    const text = await readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    return text.split('\0');
  };
  const [commandLine, environment] = await Promise.all([read('cmdline'), read('environ')]);
  const name = 'NODE_OPTIONS=';
  const nodeOptions = environment.find((entry) => entry.startsWith(name))?.slice(name.length);
  return {
    commandLine: programAndArguments(commandLine.slice(0, -1)),
    nodeOptions: nodeOptions ?? '',
  };
}

/** A program that gives itself a title (`process.title`) overwrites what stood there with nothing. */
function programAndArguments([program, ...rest]: readonly string[]): string[] {
  if (program === undefined) return [];
  return rest.every((argument) => argument === '') ? [program] : [program, ...rest];
}

/** What the system says of a process that runs. */
interface ProcessStatus {
  /** 0 if it has none. */
  readonly parent: number;
  /** Resident set size; absent if the process has ended but for its entry. */
  readonly residentBytes?: number;
}

/** Undefined if there is no such process, or the system does not say (only Linux does). */
export async function processStatus(pid: number): Promise<ProcessStatus | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  if (status === undefined) return undefined;
  const [, parent = '0'] = /^PPid:\s*(\d+)$/m.exec(status) ?? [];
  const [, kilobytes] = /^VmRSS:\s*(\d+) kB$/m.exec(status) ?? [];
  return {
    parent: Number(parent),
    ...(kilobytes !== undefined && { residentBytes: Number(kilobytes) * 1024 }),
  };
}

/** A listening TCP socket of this machine. */
export interface ListeningSocket extends Endpoint {
  /** Stands for this socket as long as it is open. */
  readonly inode: string;
  /** True if it listens on other addresses than loopback ones. */
  readonly isPublic: boolean;
}

/** The TCP sockets that a process listens on, of those in `all`. */
export async function socketsOf(
  pid: number,
  all: readonly ListeningSocket[],
): Promise<ListeningSocket[]> {
  const inodes = await socketInodes(pid);
  return all.filter(({ inode }) => inodes.has(inode));
}

/** Every listening TCP socket that a process can reach on this machine; only Linux tells. */
export async function listeningSockets(pid: number | 'self'): Promise<ListeningSocket[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')),
  );
  const rows = tables.flatMap((table) => table.split('\n').map((row) => row.trim().split(/\s+/)));
  return rows
    .filter(([, , , state]) => state === LISTEN)
    .map(([, local = '', , , , , , , , inode = '']) => ({ ...readEndpoint(local), inode }));
}

/** The Node.js process that listens on a port of 127.0.0.1 as `pid` sees it; only Linux tells. */
export async function listenerOn(port: number, pid: number): Promise<number | undefined> {
  const all = await listeningSockets(pid);
  const at = all.filter((socket) => socket.port === port && socket.host === '127.0.0.1');
  if (at.length === 0) return undefined;
  for (const other of await nodeProcesses()) {
    if (other !== pid && (await socketsOf(other, at)).length > 0) return other;
  }
  return undefined;
}

/** The Node.js processes of this machine, but for this one, that the user may look at. */
export async function nodeProcesses(): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const isNode = await Promise.all(
    pids.map((pid) => executableOf(Number(pid)).then(isNodeExecutable, () => false)),
  );
  return pids
    .filter((_, index) => isNode[index])
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/**
 * Where the process listens on TCP, as addresses to connect to; undefined where the system does not
 * say (only Linux does).
 */
export async function listeningEndpoints(pid: number): Promise<Endpoint[] | undefined> {
  if (process.platform !== 'linux') return undefined;
  return socketsOf(pid, await listeningSockets(pid));
}

function isNodeExecutable(file: string): boolean {
  return /^node(?:js)?(?:[-_.\d].*)?$/.test(basename(file));
}

async function executableOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    // The file may have been replaced by an upgrade since.
    return (await readlink(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '');
  }
  return (await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)])).stdout.trim();
}

/** Node with --disable-sigusr1, or too young to have its handler yet, does not. */
async function catchesSigusr1(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, caught = '0'] = /^SigCgt:\s*([0-9a-f]+)$/m.exec(status) ?? [];
  return (BigInt(`0x${caught}`) & SIGUSR1_BIT) !== 0n;
}

async function socketInodes(pid: number): Promise<Set<string>> {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => ''));
  return new Set(
    (await Promise.all(links)).flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []),
  );
}

/** Reads `0100007F:240D`: 32-bit words in the machine's byte order (little-endian), then the port. */
function readEndpoint(local: string): Endpoint & { readonly isPublic: boolean } {
  const [address = '', port = ''] = local.split(':');
  const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => parseInt(byte, 16)),
  );
  const isPublic = !isLoopbackAddress(bytes);
  return { host: connectableHost(bytes), port: parseInt(port, 16), isPublic };
}

/** 127.0.0.0/8, also as an IPv6 address, and ::1. */
function isLoopbackAddress(bytes: readonly number[]): boolean {
  if (bytes.length === 4) return bytes[0] === 127;
  const [head, tail] = [bytes.slice(0, 10), bytes.slice(10)];
  if (head.some((byte) => byte !== 0)) return false;
  return tail.join() === '0,0,0,0,0,1' || tail.slice(0, 3).join() === '255,255,127';
}

/** Who listens on every address is reached on the loopback one. */
function connectableHost(bytes: readonly number[]): string {
  const isAny = bytes.every((byte) => byte === 0);
  if (bytes.length === 4) return isAny ? '127.0.0.1' : bytes.join('.');
  if (isAny) return '::1';
  const words = bytes.flatMap((byte, index) =>
    index % 2 ? [] : (byte << 8) | (bytes[index + 1] ?? 0),
  );
  return words.map((word) => word.toString(16)).join(':');
}
