/**
 * Bytes that a process may still take before it meets a limit of one of its control groups, as
 * containers and services have them; Infinity if there is no limit.
 *
 * Node.js has `process.availableMemory`, but that counts the files that the kernel has cached for the
 * group as taken, a snapshot just written among them, and does not look at the groups above.
 *
 * @param memberships the process's /proc/PID/cgroup
 * @param read gives the text of a file by its path from the root of the system; undefined if it has none
 */
export function memoryLeftInGroups(memberships: string, read: ReadFile): number {
  return Math.min(
    ...memberships.split('\n').map((line) => {
      const [, controllers, group = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
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
  const steps = group.split('/').filter((step) => step !== '' && step !== '.' && step !== '..');
  const lengths = steps.map((_, index) => index + 1);
  return Math.min(
    ...[0, ...lengths].map((length) =>
      left(read, [mount, ...steps.slice(0, length)].join('/'), names),
    ),
  );
}

function left(read: ReadFile, folder: string, { limit, usage, reclaimable }: Names): number {
  const number = (file: string) => Number(read(`${folder}/${file}`) ?? NaN);
  // NaN where the file says "max", or is not there.
  const mostBytes = number(limit);
  if (Number.isNaN(mostBytes)) return Infinity;
  const stat = read(`${folder}/memory.stat`) ?? '';
  const cached = Number(new RegExp(`^${reclaimable} (\\d+)$`, 'm').exec(stat)?.[1] ?? 0);
  const taken = Math.max((number(usage) || 0) - cached, 0);
  return Math.max(mostBytes - taken, 0);
}
