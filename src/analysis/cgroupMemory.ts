import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Bytes that this process may still take before it meets a limit of one of its control groups, as
 * containers and services have them; Infinity if there is no limit, or no Linux.
 *
 * Node.js has `process.availableMemory`, but that counts the files that the kernel has cached for the
 * group as taken, a snapshot just written among them, and does not look at the groups above.
 *
 * @param root where the system's /proc and /sys are; for tests
 */
export function memoryLeftInGroup(root = '/'): number {
  const read = (file: string) => readIfThere(path.join(root, file));
  const memberships = read('proc/self/cgroup') ?? '';
  return Math.min(
    ...memberships.split('\n').map((line) => {
      const [, controllers, group] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
      if (controllers === '') return leastLeft(read, 'sys/fs/cgroup', group, UNIFIED);
      if (!controllers?.split(',').includes('memory')) return Infinity;
      return leastLeft(read, 'sys/fs/cgroup/memory', group, LEGACY);
    }),
  );
}

type ReadFile = (file: string) => string | undefined;

/** How a version of control groups calls its files and numbers. */
interface Names {
  readonly limit: string;
  readonly usage: string;
  /** In `memory.stat`: cached files that the kernel gives up first, of the groups below as well. */
  readonly reclaimable: string;
}

const UNIFIED: Names = {
  limit: 'memory.max',
  usage: 'memory.current',
  reclaimable: 'inactive_file',
};
const LEGACY: Names = {
  limit: 'memory.limit_in_bytes',
  usage: 'memory.usage_in_bytes',
  reclaimable: 'total_inactive_file',
};

/**
 * Of a group and all above it. Inside of a container the name of the group may be that outside of it,
 * while only the container's own group, at the mount, can be seen.
 */
function leastLeft(read: ReadFile, mount: string, group: string, names: Names): number {
  let least = Infinity;
  for (let name = path.posix.normalize(`/${group}`); ; name = path.posix.dirname(name)) {
    least = Math.min(least, left(read, path.posix.join(mount, name), names));
    if (name === '/') return least;
  }
}

function left(read: ReadFile, folder: string, { limit, usage, reclaimable }: Names): number {
  const number = (file: string) => Number(read(path.posix.join(folder, file)) ?? NaN);
  // NaN where the file says "max", or is not there.
  const mostBytes = number(limit);
  if (Number.isNaN(mostBytes)) return Infinity;
  const stat = read(path.posix.join(folder, 'memory.stat')) ?? '';
  const cached = Number(new RegExp(`^${reclaimable} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
  const taken = Math.max((number(usage) || 0) - cached, 0);
  return Math.max(mostBytes - taken, 0);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
