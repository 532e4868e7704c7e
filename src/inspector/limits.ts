/**
 * What a target can make this side wait for or hold, at most. Real ones stay far below; one that lies
 * or never ends is given up with an error.
 */

/** Bytes of one message: the text of the largest script, and then some. */
export const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;

/** Bytes of what the HTTP endpoint answers. */
export const MAX_ANSWER_BYTES = 1024 * 1024;

/** Scripts that are remembered; a program that goes on evaluating named code has ever more. */
export const MAX_SCRIPTS = 200_000;

/** UTF-16 code units of the URLs of all scripts together; that of an inline source map is the map. */
export const MAX_SCRIPT_URLS = 512 * 1024 * 1024;

/** Milliseconds without any message while a command waits for its answer. V8 reports its progress. */
export const MAX_SILENCE_MS = 5 * 60_000;

/**
 * Bytes that the snapshot of a heap can take. An element of an array is 8 bytes in the heap and up to 20
 * in the file, the smallest object 16 and up to 60; the rest is room for strings.
 */
export function maxSnapshotBytes(heapUsedBytes: number): number {
  return 10 * heapUsedBytes + MAX_MESSAGE_BYTES;
}
