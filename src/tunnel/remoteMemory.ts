import { isCancellation } from '../base/errors';
import { memoryLeftInGroups } from '../base/controlGroups';
import type { MemoryLeft } from '../base/memoryLeft';
import type { Place } from './place';
import { runTool, type RunOptions } from './runTool';

/** ssh hands its arguments to a shell: a file with another name is not read. */
const PLAIN_PATH = /^[\w./@:+-]+$/;

/**
 * What a process at a place may still take, by the files of its system, which are only read.
 * @returns undefined if nobody can tell: it is no Linux, has no `grep`, or a group has a strange name
 * @throws LeaklineError `cancelled`
 */
export async function remoteMemoryLeft(
  place: Place,
  pid: number,
  options: RunOptions,
): Promise<MemoryLeft | undefined> {
  const groups = `proc/${pid}/cgroup`;
  const known = await readFiles(place, [groups, 'proc/meminfo'], options);
  const [, kilobytes] = /^MemAvailable:\s*(\d+) kB$/m.exec(known.get('proc/meminfo') ?? '') ?? [];
  const memberships = known.get(groups);
  if (memberships === undefined || kilobytes === undefined) return undefined;
  const wanted = filesOf(memberships);
  if (!wanted.every((file) => PLAIN_PATH.test(file))) return undefined;
  const limits = await readFiles(place, wanted, options);
  const container = memoryLeftInGroups(memberships, (file) => limits.get(file));
  const machine = Number(kilobytes) * 1024;
  return container < machine
    ? { bytes: container, of: 'container' }
    : { bytes: machine, of: 'machine' };
}

/** All that could be asked for: whoever finds a limit goes on to what is taken of it. */
function filesOf(memberships: string): string[] {
  const files: string[] = [];
  memoryLeftInGroups(memberships, (file) => {
    files.push(file);
    return '0';
  });
  return files;
}

/**
 * Reads files with one command; those that are not there are not in the result.
 * @param files from the root, without the first slash
 */
async function readFiles(
  place: Place,
  files: readonly string[],
  options: RunOptions,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (files.length === 0) return texts;
  const command = place.run(['grep', '-sH', '.', ...files.map((file) => `/${file}`)]);
  // grep fails where one file is missing, and has told of the others.
  const told = await runTool(command, { ...options, mayFail: true }).catch((error: unknown) => {
    if (isCancellation(error)) throw error;
    return '';
  });
  for (const line of told.split('\n')) {
    const file = files.find((name) => line.startsWith(`/${name}:`));
    if (file === undefined) continue;
    texts.set(file, `${texts.get(file) ?? ''}${line.slice(file.length + 2)}\n`);
  }
  return texts;
}
