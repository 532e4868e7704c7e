import { median } from '../base/median';

/** How a count developed over the rounds, and how sure it is that it will go on. */
export interface Growth {
  /** Theil-Sen slope of the number alive over the rounds: a first round that warms up does not move it. */
  readonly perRound: number;
  /** 0..1: 1 if every round that counts left the same, 0 if some round left nothing. */
  readonly steadiness: number;
  /** 0..1. */
  readonly confidence: number;
  /** True if it still grows, but too unevenly to be judged: another round would tell. */
  readonly inDoubt: boolean;
}

/** Fewer survivors a round than this may be the tool's own traces or a server's housekeeping. */
const FEW = 5;
/** The least steadiness of growth that is believed, by number of rounds: chance evens out. */
const LEAST_STEADINESS = [1, 0.5, 0.5, 0.5, 0.4, 0.3];
/** Growth less steady than this is no growth, however long one looks at it. */
const UNSTEADY = 0.15;
/** What is known with less confidence than this is worth another round. */
const SURE = 0.7;

/**
 * Judges the survivors of each round. A leak leaves about the same in every round, because the
 * work is the same; a cache that fills, a lazy module or compiled code leaves less and less, and
 * what is only waiting for release has survived no more than the last round.
 * @param counts Survivors by birth round; index 0 is unused.
 */
export function judgeGrowth(counts: Float64Array): Growth {
  const survivors = counts.subarray(1);
  const rounds = survivors.length;
  const perRound = theilSenSlope(counts);
  let steadiness = 0;
  let confidence = 0;
  for (let from = 0; from <= warmUpRounds(rounds); from++) {
    const judged = survivors.subarray(from);
    steadiness = Math.max(steadiness, steadinessOf(judged));
    confidence = Math.max(confidence, confidenceOf(judged, rounds));
  }
  if (perRound < FEW) confidence = Math.max(0, confidence - 0.35);
  const goesOn = rounds > 1 && steadiness >= UNSTEADY && survivors[rounds - 1] >= FEW;
  return { perRound, steadiness, confidence, inDoubt: goesOn && confidence < SURE };
}

/** First rounds that may belong to the warm-up, where enough others are left to judge by. */
function warmUpRounds(rounds: number): number {
  return rounds < 4 ? 0 : rounds < 6 ? 1 : 2;
}

function steadinessOf(survivors: Float64Array): number {
  const most = Math.max(...survivors);
  return most > 0 ? Math.min(...survivors) / most : 0;
}

function confidenceOf(survivors: Float64Array, rounds: number): number {
  const steadiness = steadinessOf(survivors);
  const least = LEAST_STEADINESS[Math.min(rounds, LEAST_STEADINESS.length - 1)];
  if (steadiness < least) return 0;
  let confidence = 0.45 + (0.5 * (steadiness - least)) / (1 - least);
  if (fades(survivors)) confidence -= 0.25;
  // One round cannot be told from a warm-up; two rounds say little about steadiness.
  if (rounds === 1) confidence = Math.min(confidence, 0.4);
  if (rounds === 2) confidence = Math.min(confidence, 0.75);
  return confidence;
}

/** True if each round left less than the one before, as while a cache fills. */
function fades(survivors: Float64Array): boolean {
  const last = survivors.length - 1;
  if (last < 2 || survivors[last] > survivors[0] * 0.8) return false;
  return survivors.every((count, round) => round === 0 || count < survivors[round - 1]);
}

/** The median of the slopes between all pairs of snapshots (Theil 1950, Sen 1968). */
function theilSenSlope(counts: Float64Array): number {
  const alive = [0];
  for (let round = 1; round < counts.length; round++) alive.push(alive[round - 1] + counts[round]);
  const slopes: number[] = [];
  for (let from = 0; from < alive.length; from++) {
    for (let to = from + 1; to < alive.length; to++) {
      slopes.push((alive[to] - alive[from]) / (to - from));
    }
  }
  return median(slopes);
}
