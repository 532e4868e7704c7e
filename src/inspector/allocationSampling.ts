import type { AllocationProfile } from '../base/allocationProfile';
import type { CdpSession } from './cdpSession';
import { readSamplingProfile } from './samplingProfile';

/**
 * Mean bytes between two samples, V8's own default: a leak of 50 kB a round shows after three rounds
 * (about five samples), and the target slows down by less than its speed varies anyway.
 */
export const SAMPLING_INTERVAL_BYTES = 32 * 1024;
/** For a target that may become slow: a leak of 1 kB a round shows. */
export const FINE_INTERVAL_BYTES = 256;

/**
 * V8's sampling of allocations. Only objects that are still alive are in its profile. There is one
 * sampler for the whole isolate, which V8 stops when the client that started it detaches.
 */
export class AllocationSampling {
  private constructor(private readonly client: CdpSession) {}

  /**
   * Starts sampling, from an empty profile. Undefined if somebody else samples already, whose profile
   * must not end with ours, or if the target cannot.
   * @param samplingInterval Mean bytes between two samples.
   */
  static async start(
    client: CdpSession,
    samplingInterval: number,
  ): Promise<AllocationSampling | undefined> {
    const sampling = new AllocationSampling(client);
    if (await sampling.read()) return undefined;
    try {
      await client.send('HeapProfiler.startSampling', {
        samplingInterval,
        includeObjectsCollectedByMajorGC: false,
        includeObjectsCollectedByMinorGC: false,
      });
      return sampling;
    } catch {
      return undefined;
    }
  }

  /** What is alive of what was allocated since the start; undefined if it is not to be had. */
  async read(): Promise<AllocationProfile | undefined> {
    try {
      const { profile } = await this.client.send('HeapProfiler.getSamplingProfile');
      return readSamplingProfile(profile);
    } catch {
      return undefined;
    }
  }

  /** Ends the sampling; never rejects, for what has ended by itself is stopped as well. */
  async stop(): Promise<void> {
    await this.client.send('HeapProfiler.stopSampling').catch(() => undefined);
  }
}
