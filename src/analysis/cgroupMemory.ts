import { readFileSync } from 'node:fs';
import path from 'node:path';
import { memoryLeftInGroups } from '../base/controlGroups';

/**
 * Bytes that this process may still take before it meets a limit of one of its control groups;
 * Infinity if there is no limit, or no Linux.
 *
 * @param root where the system's /proc and /sys are; for tests
 */
export function memoryLeftInGroup(root = '/'): number {
  const read = (file: string) => readIfThere(path.join(root, file));
  return memoryLeftInGroups(read('proc/self/cgroup') ?? '', read);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
