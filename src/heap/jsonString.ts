import { BACKSLASH } from './ascii';

const REPLACEMENT = 0xfffd;
/** Arguments per String.fromCharCode call: far below every engine's limit. */
const UNITS_PER_CALL = 4096;

/**
 * Decodes the inside of a JSON string literal, `bytes[start, end)`. Escapes and surrogates come out
 * as JSON.parse would give them, malformed UTF-8 and broken escapes as U+FFFD; it never throws.
 */
export function decodeJsonString(bytes: Uint8Array, start: number, end: number): string {
  const plainEnd = endOfPlainAscii(bytes, start, end);
  const head = decodeAscii(bytes, start, plainEnd);
  return plainEnd === end ? head : head + decodeUnits(bytes, plainEnd, end);
}

function endOfPlainAscii(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && bytes[position] < 0x80 && bytes[position] !== BACKSLASH) position++;
  return position;
}

/** One code unit for each of `bytes[start, end)`: right for ASCII. */
export function decodeAscii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += UNITS_PER_CALL) {
    text += fromUnits(bytes.subarray(at, Math.min(end, at + UNITS_PER_CALL)));
  }
  return text;
}

function decodeUnits(bytes: Uint8Array, start: number, end: number): string {
  // No byte yields more than one unit, so the units fit into as many slots.
  const units = new Uint16Array(end - start);
  let length = 0;
  let position = start;
  while (position < end) {
    const byte = bytes[position];
    if (byte === BACKSLASH) {
      units[length++] = escapedUnit(bytes, position, end);
      position += escapeLength(bytes, position, end);
    } else if (byte < 0x80) {
      units[length++] = byte;
      position++;
    } else {
      const sequence = sequenceLength(bytes, position, end);
      const point = sequence > 0 ? codePoint(bytes, position, sequence) : REPLACEMENT;
      if (point > 0xffff) {
        units[length++] = 0xd800 + ((point - 0x10000) >> 10);
        units[length++] = 0xdc00 + ((point - 0x10000) & 0x3ff);
      } else {
        units[length++] = point;
      }
      position += Math.max(sequence, 1);
    }
  }
  let text = '';
  for (let at = 0; at < length; at += UNITS_PER_CALL) {
    text += fromUnits(units.subarray(at, Math.min(length, at + UNITS_PER_CALL)));
  }
  return text;
}

function fromUnits(units: Uint8Array | Uint16Array): string {
  return String.fromCharCode.apply(null, units as unknown as number[]);
}

const UNIT_OF_ESCAPE: Readonly<Record<string, number>> = { b: 8, f: 12, n: 10, r: 13, t: 9 };

/** The code unit of the escape that starts at `position`. */
function escapedUnit(bytes: Uint8Array, position: number, end: number): number {
  if (position + 1 >= end) return REPLACEMENT;
  const letter = String.fromCharCode(bytes[position + 1]);
  if (letter !== 'u') return UNIT_OF_ESCAPE[letter] ?? bytes[position + 1];
  if (escapeLength(bytes, position, end) < 6) return REPLACEMENT;
  let unit = 0;
  for (let at = position + 2; at < position + 6; at++) unit = unit * 16 + hexValue(bytes[at]);
  return unit;
}

function escapeLength(bytes: Uint8Array, position: number, end: number): number {
  if (position + 1 >= end) return 1;
  if (bytes[position + 1] !== 0x75) return 2;
  let length = 2;
  while (length < 6 && position + length < end && hexValue(bytes[position + length]) >= 0) length++;
  return length;
}

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/**
 * Length of the well-formed UTF-8 sequence at `position`; 0 if it is malformed (overlong,
 * surrogate, cut).
 */
function sequenceLength(bytes: Uint8Array, position: number, end: number): number {
  const lead = bytes[position];
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || position + length > end) return 0;
  for (let at = position + 1; at < position + length; at++) {
    if ((bytes[at] & 0xc0) !== 0x80) return 0;
  }
  const point = codePoint(bytes, position, length);
  const smallest = length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80;
  return point < smallest || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? 0 : length;
}

function codePoint(bytes: Uint8Array, position: number, length: number): number {
  let point = bytes[position] & (0xff >> (length + 1));
  for (let at = position + 1; at < position + length; at++)
    point = (point << 6) | (bytes[at] & 0x3f);
  return point;
}
