import { COMMA, DIGIT_0, isWhitespace } from '../heap/ascii';
import { UINT32 } from '../heap/column';
import { notASnapshot } from '../heap/snapshotErrors';

/** As many digits always fit into 31 bits. */
const SMALL_DIGITS = 9;

/** True for `0` to `9`. */
export function isDigit(byte: number): boolean {
  return (byte - DIGIT_0) >>> 0 <= 9;
}

/**
 * Reads the numbers of `bytes[from, to)`, where no number is cut, into `values` from `count` on.
 *
 * @param bytes one longer than `to` at least: the byte there is overwritten
 * @returns how many values there are then
 * @throws LeaklineError `notASnapshot` at anything but separated numbers below 2^32
 */
export function parseNumbers(
  bytes: Uint8Array,
  from: number,
  to: number,
  values: Uint32Array,
  count: number,
): number {
  // Ends the last number, so that the loop over digits need not look for the end.
  bytes[to] = COMMA;
  let position = from;
  while (position < to) {
    let value = bytes[position] - DIGIT_0;
    if (value >>> 0 > 9) {
      if (bytes[position] !== COMMA && !isWhitespace(bytes[position])) throw unreadable();
      position++;
      continue;
    }
    const start = position++;
    let digit = bytes[position] - DIGIT_0;
    while (digit >>> 0 <= 9) {
      value = (Math.imul(value, 10) + digit) | 0;
      digit = bytes[++position] - DIGIT_0;
    }
    values[count++] = position - start > SMALL_DIGITS ? longNumber(bytes, start, position) : value;
    position++;
  }
  return count;
}

function longNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] - DIGIT_0);
  if (value > UINT32) throw unreadable();
  return value;
}

function unreadable(): Error {
  return notASnapshot('there is something else than small numbers in an array', 0);
}
