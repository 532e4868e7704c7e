/** How a count developed over the rounds, and how sure it is that it will go on. */
export interface Growth {
  readonly perRound: number;
  /** 0..1: 1 if every round left the same. 0 if some round left nothing. */
  readonly steadiness: number;
  /** 0..1. */
  readonly confidence: number;
}

/** Fewer survivors a round than this may be the tool's own traces or a server's housekeeping. */
const FEW = 5;

/**
 * Judges the survivors of each round. A leak leaves about the same in every round, because the
 * work is the same; a cache that fills, a lazy module or compiled code leaves less and less, and
 * what is only waiting for release has survived no more than the last round.
 * @param counts Survivors by birth round; index 0 is unused.
 */
export function judgeGrowth(counts: Float64Array): Growth {
  const rounds = counts.length - 1;
  let least = Infinity;
  let most = 0;
  let sum = 0;
  for (let round = 1; round <= rounds; round++) {
    least = Math.min(least, counts[round]);
    most = Math.max(most, counts[round]);
    sum += counts[round];
  }
  const perRound = sum / rounds;
  const steadiness = most > 0 ? least / most : 0;
  return { perRound, steadiness, confidence: confidenceOf(steadiness, perRound, rounds) };
}

function confidenceOf(steadiness: number, perRound: number, rounds: number): number {
  if (steadiness < 0.5) return 0;
  let confidence = 0.45 + 0.5 * (steadiness - 0.5) * 2;
  if (perRound < FEW) confidence -= 0.35;
  // One round cannot be told from a warm-up; two rounds say little about steadiness.
  if (rounds === 1) confidence = Math.min(confidence, 0.4);
  if (rounds === 2) confidence = Math.min(confidence, 0.75);
  return Math.max(0, confidence);
}
