import { LeaklineError } from '../base/errors';
import type { Verdict } from '../leaks/leakReport';

/** What the shell gets to see. Scripts rely on these numbers. */
export const ExitCode = {
  noLeak: 0,
  leak: 1,
  usage: 2,
  /** Could not attach, capture, read or write; also what a bug ends in, for it found no leak. */
  failed: 3,
  /** 128 + SIGINT, as shells report it. */
  cancelled: 130,
} as const;

/** An inconclusive run has found no leak; the report itself says why it cannot tell. */
export function exitCodeOfVerdict(verdict: Verdict): number {
  return verdict === 'leak' ? ExitCode.leak : ExitCode.noLeak;
}

/** What only grows may leak, and scripts want to hear of it. */
export function exitCodeOfGrowth(grows: boolean): number {
  return grows ? ExitCode.leak : ExitCode.noLeak;
}

export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof LeaklineError)) return ExitCode.failed;
  if (error.code === 'usage') return ExitCode.usage;
  return error.code === 'cancelled' ? ExitCode.cancelled : ExitCode.failed;
}
