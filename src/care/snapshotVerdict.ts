import { formatBytes } from '../base/bytes';
import type { MemoryLeft } from '../base/memoryLeft';
import type { Range } from '../base/range';
import { formatSeconds } from './formatSeconds';
import type { SnapshotPrice } from '../base/snapshotPrice';
import type { SnapshotCost } from './snapshotCost';

/** Whether a snapshot may be taken. */
export interface SnapshotVerdict {
  /** `ask`: it may do harm, so a person has to say yes. `refuse`: it will not fit. */
  readonly decision: 'go' | 'ask' | 'refuse';
  readonly cost: SnapshotCost;
  /** What is expected, in a sentence. */
  readonly estimate: string;
  /** Why it is not simply taken; empty for `go`. */
  readonly reasons: readonly string[];
}

/** What is known of the process besides its heap. */
export interface Surroundings {
  /** Undefined if nobody can tell. */
  readonly left: MemoryLeft | undefined;
  /** True if the process serves somewhere else, where nobody sees what a pause does. */
  readonly remote: boolean;
}

/** So much of what is left may be used without asking: others need memory meanwhile, too. */
const SAFE_SHARE = 0.8;
/** Longer than this nobody waits without having been asked. */
const LONG_PAUSE_SECONDS = 60;

/** Decides from what a snapshot is expected to cost and what there is. */
export function judgeSnapshot(cost: SnapshotCost, { left, remote }: Surroundings): SnapshotVerdict {
  const estimate = estimateWords(cost);
  const { extraBytes, pauseSeconds } = cost;
  if (left && extraBytes.least > left.bytes) {
    const reason = `${capital(leftWords(left))}, less than the snapshot needs at least.`;
    return { decision: 'refuse', cost, estimate, reasons: [reason] };
  }
  const reasons: string[] = [];
  if (left && extraBytes.most > left.bytes * SAFE_SHARE) {
    reasons.push(
      `${capital(leftWords(left))}: it may not be enough, and then the system ends the program.`,
    );
  }
  if (remote) {
    reasons.push(
      left
        ? 'The program runs elsewhere: while a snapshot is taken, it answers nobody.'
        : 'The program runs elsewhere: while a snapshot is taken, it answers nobody, and its memory limit is not known.',
    );
  } else if (pauseSeconds.most > LONG_PAUSE_SECONDS) {
    reasons.push('While a snapshot is taken, the program answers nobody, and this may take long.');
  }
  return { decision: reasons.length > 0 ? 'ask' : 'go', cost, estimate, reasons };
}

/** Estimate against actual, in a sentence. */
export function comparisonWords({ cost }: SnapshotVerdict, actual: SnapshotPrice): string {
  const pause = `The program stood still for ${formatSeconds(actual.pauseSeconds)} (estimated: ${secondsRange(cost.pauseSeconds)})`;
  if (actual.extraBytes === undefined) return `${pause}.`;
  const more = formatBytes(actual.extraBytes);
  return `${pause} and took ${more} more memory at its peak (estimated: ${bytesRange(cost.extraBytes)}).`;
}

function estimateWords({ pauseSeconds, extraBytes, from }: SnapshotCost): string {
  const basis = {
    heapSize: 'from the size of the heap alone',
    earlier: 'from the snapshot before',
  }[from];
  return (
    `A heap snapshot will hold the program up for ${secondsRange(pauseSeconds)} and take ` +
    `${bytesRange(extraBytes)} more memory meanwhile (estimated ${basis}).`
  );
}

function leftWords({ bytes, of }: MemoryLeft): string {
  const where = of === 'container' ? 'its container has' : 'the machine has';
  return `${where} ${formatBytes(bytes)} of memory left`;
}

function secondsRange({ least, most }: Range): string {
  const [from, to] = [formatSeconds(least), formatSeconds(most)];
  return from === to ? from : `${from} to ${to}`;
}

function bytesRange({ least, most }: Range): string {
  const [from, to] = [formatBytes(least), formatBytes(most)];
  return from === to ? from : `${from} to ${to}`;
}

function capital(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}
