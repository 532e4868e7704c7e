import type { GrowthCurve } from './leakReport';

/**
 * The curve of what was born in the rounds and is still alive: there from its round on.
 * @param counts By birth round; index 0 is unused. May begin at a later round than the first.
 * @param bytes As `counts`.
 * @param rounds Of the run.
 */
export function curveOfBirths(
  counts: Float64Array,
  bytes: Float64Array,
  rounds: number,
): GrowthCurve {
  return { counts: sumsUp(counts, rounds), bytes: sumsUp(bytes, rounds) };
}

/** The curve of what was measured at each snapshot. @param unitBytes Of one; 1 to count bytes. */
export function curveOfLevels(levels: readonly number[], unitBytes: number): GrowthCurve {
  const grown = levels.map((level) => level - levels[0]);
  return { counts: grown, bytes: grown.map((count) => count * unitBytes) };
}

function sumsUp(born: Float64Array, rounds: number): number[] {
  const before = new Array<number>(rounds + 1 - born.length).fill(0);
  let sum = 0;
  const sums = [...born].map((count, round) => (sum += round === 0 ? 0 : count));
  return [...before, ...sums];
}
