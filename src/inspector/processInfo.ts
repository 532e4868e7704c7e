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
    const isNode = /^node(?:js)?(?:[-_.\d].*)?$/.test(basename(await executableOf(pid)));
    return isNode && (process.platform !== 'linux' || (await catchesSigusr1(pid)));
  } catch {
    return false;
  }
}

/** True if the process was told on its command line or in NODE_OPTIONS to open an inspector. */
export async function wasToldToInspect(pid: number): Promise<boolean> {
  const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
  const [commandLine, environment] = await Promise.all([read('cmdline'), read('environ')]);
  const nodeOptions = environment.split('\0').find((entry) => entry.startsWith('NODE_OPTIONS='));
  return /--inspect/.test(commandLine + (nodeOptions ?? ''));
}

/**
 * Where the process listens on TCP, as addresses to connect to; undefined where the system does not
 * say (only Linux does).
 */
export async function listeningEndpoints(pid: number): Promise<Endpoint[] | undefined> {
  if (process.platform !== 'linux') return undefined;
  const [sockets, ...tables] = await Promise.all([
    socketInodes(pid),
    ...['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')),
  ]);
  const rows = tables.flatMap((table) => table.split('\n').map((row) => row.trim().split(/\s+/)));
  return rows
    .filter(([, , , state, , , , , , inode]) => state === LISTEN && sockets.has(inode ?? ''))
    .map(([, local = '']) => readEndpoint(local));
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
function readEndpoint(local: string): Endpoint {
  const [address = '', port = ''] = local.split(':');
  const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => parseInt(byte, 16)),
  );
  return { host: connectableHost(bytes), port: parseInt(port, 16) };
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
