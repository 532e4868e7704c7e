import { readFile } from 'node:fs/promises';
import type { CdpSession } from './cdpSession';
import { listeningEndpoints } from './processInfo';

/**
 * Tells how much physical memory the target has. It cannot be asked, because V8 takes
 * `process.memoryUsage()` for a side effect; so only a process on this machine can be looked at, and
 * only where the system has /proc.
 */
export class ResidentMemory {
  private constructor(private readonly pid: number | undefined) {}

  /** @param webSocketUrl of the target; the process that listens there is the one to look at */
  static async of(client: CdpSession, webSocketUrl: string): Promise<ResidentMemory> {
    try {
      const { value } = await client.send('Runtime.evaluate', {
        expression: 'process.pid',
        silent: true,
        throwOnSideEffect: true,
      });
      const pid = Number.isSafeInteger(value) ? (value as number) : undefined;
      // Behind a tunnel or in a container the number may be that of another process.
      const endpoints = pid === undefined ? undefined : await listeningEndpoints(pid);
      const port = Number(new URL(webSocketUrl).port);
      return new ResidentMemory(endpoints?.some((at) => at.port === port) ? pid : undefined);
    } catch {
      return new ResidentMemory(undefined);
    }
  }

  /** For an isolate that shares its process with others: nobody knows its part of the memory. */
  static unknown(): ResidentMemory {
    return new ResidentMemory(undefined);
  }

  /** Resident set size in bytes; undefined if it is not known. */
  async bytes(): Promise<number | undefined> {
    if (this.pid === undefined) return undefined;
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8').catch(() => '');
    const [, kilobytes] = /^VmRSS:\s*(\d+) kB$/m.exec(status) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  }
}
