import type { LeaklineError } from '../base/errors';

/** A way to the inspector of a remote program, as an address of this machine. */
export interface Tunnel {
  readonly host: string;
  readonly port: number;
  /** What the tool said last, cleaned. */
  readonly lastLines: readonly string[];
  /**
   * Why the way broke last, if it did. A tunnel is noticed to have ended a moment after the
   * connections through it; this waits that long.
   */
  failure(): Promise<LeaklineError | undefined>;
  /** Ends every process that was started for it. May be called more than once. */
  close(): Promise<void>;
}
