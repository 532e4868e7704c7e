import { readFileSync } from 'node:fs';
import os from 'node:os';
import { memoryLeftInGroups } from '../base/controlGroups';
import type { MemoryLeft } from '../base/memoryLeft';

/**
 * What a process of this machine may still take; only Linux tells. Its files are only read.
 *
 * `process.constrainedMemory()` of the target cannot be had: V8 takes calling it for a side effect.
 */
export function memoryLeftFor(pid: number): MemoryLeft {
  const read = (file: string) => {
    try {
      return readFileSync(`/${file}`, 'utf8');
    } catch {
      return undefined;
    }
  };
  // On Linux this counts what the kernel has cached as free.
  const machine = os.freemem();
  const container = memoryLeftInGroups(read(`proc/${pid}/cgroup`) ?? '', read);
  return container < machine
    ? { bytes: container, of: 'container' }
    : { bytes: machine, of: 'machine' };
}
