import { record, visitorsOn } from './statistics.mjs';

const VISITS_A_DAY = 100_000;
const FIRST = VISITS_A_DAY - 1_000;

/** Visits arrive in order of time; the second day begins soon. */
export function work(i) {
  const day = Math.floor((FIRST + i) / VISITS_A_DAY);
  record(day, { visitor: `visitor ${i % 70}`, page: `/p/${i % 11}`, at: i });
  return visitorsOn(day);
}
