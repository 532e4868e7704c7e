import { formatSeconds } from './formatSeconds';

/** The ways to look at a process's memory, the cheapest first: take the next only if you must. */
export type Step = 'counters' | 'collection' | 'sampling' | 'snapshot';

/** Seconds that a collection of all garbage takes for each byte in use: few large, many small objects. */
const COLLECTION_SECONDS_PER_BYTE = [0.2e-9, 3e-9] as const;
const LEAST_SECONDS = 0.005;

/**
 * What a step costs the program, to be said before it is taken.
 * @param heapUsedBytes Of V8's heap as it is now.
 */
export function costOf(step: Step, heapUsedBytes: number): string {
  const [least, most] = COLLECTION_SECONDS_PER_BYTE.map((perByte) =>
    formatSeconds(Math.max(heapUsedBytes * perByte, LEAST_SECONDS)),
  );
  const pause = least === most ? `about ${least}` : `${least} to ${most}`;
  switch (step) {
    case 'counters':
      return 'Cost of reading counters: none; the program is not held up.';
    case 'collection':
      return `Cost of each reading: one collection of garbage, in which the program stands still for ${pause}.`;
    case 'sampling':
      return (
        "Cost of sampling: less than a program's speed varies by itself, and at each reading one " +
        `collection of garbage, in which it stands still for ${pause}. No snapshot is taken.`
      );
    case 'snapshot':
      return (
        'Cost of each snapshot: the program stands still for about 2 to 10 µs and needs about 0.4 ' +
        'to 1.2 kB more memory for each object of its heap.'
      );
  }
}
