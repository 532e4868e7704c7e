import { formatBytes } from '../base/bytes';
import type { MemoryReading } from '../leaks/leakReport';

/** Less than this a round is what any program's memory does by itself. */
const MIN_EXTERNAL_BYTES = 64 * 1024;
/** Snapshots make a process larger by themselves: by some MB, or a part of the heap. */
const MIN_RESIDENT_BYTES = 16 * 1024 * 1024;
const MIN_RESIDENT_SHARE = 0.5;
/** A memory that grows by less than this part of another one is flat beside it. */
const FLAT_SHARE = 0.2;
/** Steps of a leak vary, but not by more than this. */
const MIN_STEADINESS = 0.5;

/**
 * Which memory grows, if it is not the JavaScript heap: what has to be known before one looks at
 * objects. Undefined if the JavaScript heap is the place to look at, or nothing grows.
 * @param readings One a snapshot, baseline first.
 * @param found Whether objects were found that pile up.
 */
export function memoryHeadline(
  readings: readonly MemoryReading[],
  found: boolean,
): string | undefined {
  const heap = stepsOf(readings.map(({ heapBytes }) => heapBytes));
  const external = stepsOf(readings.map(({ externalBytes }) => externalBytes));
  if (external.steady && external.mean >= MIN_EXTERNAL_BYTES && heap.mean < external.mean) {
    const more = `${formatBytes(external.mean)} more of ArrayBuffers and other external memory each round`;
    return isFlat(heap.mean, external.mean)
      ? `The JavaScript heap is flat; ${more}.`
      : `Most of what grows lies outside of the JavaScript heap: ${more}.`;
  }
  return found ? undefined : nativeHeadline(readings, heap.mean + external.mean);
}

/** The first snapshot makes the process larger for good, so the step after it says nothing. */
function nativeHeadline(readings: readonly MemoryReading[], explained: number): string | undefined {
  const resident = stepsOf(readings.slice(1).map(({ residentBytes }) => residentBytes ?? NaN));
  const { heapBytes = 0 } = readings.at(-1) ?? {};
  const least = Math.max(MIN_RESIDENT_BYTES, heapBytes * MIN_RESIDENT_SHARE);
  if (readings.length < 4 || !resident.steady || resident.mean < least) return undefined;
  if (!isFlat(explained, resident.mean)) return undefined;
  return (
    `The JavaScript heap and ArrayBuffers are flat, but the process has ${formatBytes(resident.mean)} ` +
    'more physical memory each round: native memory, which is not in these snapshots.'
  );
}

interface Steps {
  readonly mean: number;
  /** True if every round added about the same. */
  readonly steady: boolean;
}

function stepsOf(sizes: readonly number[]): Steps {
  const steps = sizes.slice(1).map((size, index) => size - sizes[index]);
  if (steps.length === 0) return { mean: 0, steady: false };
  const mean = (sizes[sizes.length - 1] - sizes[0]) / steps.length;
  const least = Math.min(...steps);
  return { mean, steady: least > 0 && least >= mean * MIN_STEADINESS };
}

function isFlat(mean: number, beside: number): boolean {
  return mean < beside * FLAT_SHARE;
}
