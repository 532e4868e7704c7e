import type { WholeNumbers } from './column';

const DIGIT_BITS = 16;
const DIGITS = 1 << DIGIT_BITS;
const WORD = 2 ** 32;

/**
 * Node ordinals ordered by size, the greatest first; nodes of the same size stay in the order that
 * they have. A radix sort, 16 bits at a time: it takes linear time, for sizes below 2^53.
 *
 * @param nodes is used as working space
 * @param sizes by NodeOrdinal
 */
export function orderBySize(nodes: Uint32Array, sizes: WholeNumbers): Uint32Array {
  let greatest = 0;
  for (const node of nodes) if (sizes[node] > greatest) greatest = sizes[node];
  let from: Uint32Array = nodes;
  let to: Uint32Array = new Uint32Array(nodes.length);
  for (let shift = 0; greatest >= 2 ** shift; shift += DIGIT_BITS) {
    distribute(from, to, sizes, shift);
    [from, to] = [to, from];
  }
  return from;
}

/** One pass: orders by the 16 bits from `shift` on, the greatest first. */
function distribute(from: Uint32Array, to: Uint32Array, sizes: WholeNumbers, shift: number): void {
  const placeOf = new Uint32Array(DIGITS);
  for (const node of from) placeOf[digitOf(sizes[node], shift)]++;
  let place = 0;
  for (let digit = DIGITS - 1; digit >= 0; digit--) {
    const count = placeOf[digit];
    placeOf[digit] = place;
    place += count;
  }
  for (const node of from) to[placeOf[digitOf(sizes[node], shift)]++] = node;
}

function digitOf(size: number, shift: number): number {
  const word = shift < 32 ? size >>> 0 : Math.floor(size / WORD);
  return (word >>> (shift & 31)) & (DIGITS - 1);
}
