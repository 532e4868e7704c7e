import { median } from '../base/median';

/** A value at a time. */
export interface Reading {
  readonly seconds: number;
  readonly bytes: number;
}

/** How fast a series rises, with the range that holds the true slope in 19 of 20 cases. */
export interface Slope {
  readonly perMinute: number;
  readonly least: number;
  readonly most: number;
}

/** Fewer readings show no trend: even the steadiest of them could be chance. */
export const LEAST_READINGS = 5;
/** Of the normal distribution, for 95 %. */
const Z = 1.96;

/**
 * The slope after Theil and Sen: the median of the slopes between all pairs, which a few outliers do
 * not move, and its confidence interval by ranks (P. K. Sen, Estimates of the Regression Coefficient
 * Based on Kendall's Tau, 1968). Undefined for fewer than `LEAST_READINGS` moments.
 */
export function slopeOf(readings: readonly Reading[]): Slope | undefined {
  const count = readings.length;
  if (count < LEAST_READINGS) return undefined;
  const slopes = readings
    .flatMap((late, index) => readings.slice(0, index).map((early) => slopeBetween(early, late)))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (slopes.length === 0) return undefined;
  const spread = Z * Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18);
  const at = (rank: number) => slopes[Math.min(Math.max(rank, 0), slopes.length - 1)];
  return {
    perMinute: median(slopes),
    least: at(Math.floor((slopes.length - spread) / 2)),
    most: at(Math.ceil((slopes.length + spread) / 2)),
  };
}

/** Bytes a minute. */
function slopeBetween(early: Reading, late: Reading): number {
  return ((late.bytes - early.bytes) / (late.seconds - early.seconds)) * 60;
}

/**
 * The lowest reading of each of `count` equal spans of time. Between two collections of garbage a heap
 * only rises; its low points are what the collections left.
 */
export function lowPoints(readings: readonly Reading[], count: number): Reading[] {
  const start = readings[0]?.seconds ?? 0;
  const length = (readings.at(-1)?.seconds ?? 0) - start;
  const lowest = new Map<number, Reading>();
  for (const reading of readings) {
    const part = length > 0 ? (reading.seconds - start) / length : 0;
    const span = Math.min(Math.floor(part * count), count - 1);
    const before = lowest.get(span);
    if (!before || reading.bytes < before.bytes) lowest.set(span, reading);
  }
  return [...lowest.values()];
}
