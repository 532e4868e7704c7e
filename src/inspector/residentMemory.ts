import type { MemoryLeft } from '../base/memoryLeft';
import type { CdpSession } from './cdpSession';
import { memoryLeftFor } from './memoryLimit';
import { listeningEndpoints, processStatus } from './processInfo';

/** The memory for a snapshot comes and goes within hundreds of milliseconds. */
const PEAK_INTERVAL_MS = 20;

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
    return (await processStatus(this.pid))?.residentBytes;
  }

  /** What the process may still take; undefined if it is not known. */
  left(): MemoryLeft | undefined {
    return this.pid === undefined ? undefined : memoryLeftFor(this.pid);
  }

  /** Reads the memory now and then, to know the most of it; call what it gives to end that. */
  watchPeak(): () => Promise<number | undefined> {
    let peak: number | undefined;
    const look = async () => {
      const bytes = await this.bytes();
      if (bytes !== undefined) peak = Math.max(peak ?? 0, bytes);
    };
    const timer = setInterval(() => void look(), PEAK_INTERVAL_MS);
    return async () => {
      clearInterval(timer);
      await look();
      return peak;
    };
  }
}
