import type { MemoryCounters } from '../base/memoryCounters';
import { adviceOn, headlineOf } from './triageWords';
import { LEAST_READINGS, lowPoints, slopeOf, type Reading } from './trend';

/** The counters of a process at a moment. */
export interface TimedCounters extends MemoryCounters {
  /** Since the first reading. */
  readonly seconds: number;
}

/**
 * A part of the memory. `outside` is what is not V8's heap, where nobody tells `external` (ArrayBuffers
 * and the like) from `native` (what C and C++ code allocates).
 */
export type MemoryPart = 'heap' | 'external' | 'native' | 'outside' | 'resident';

/** How one part went, in bytes and bytes a minute. */
export interface PartTrend {
  readonly part: MemoryPart;
  readonly firstBytes: number;
  readonly lastBytes: number;
  readonly perMinute: number;
  /** The slope lies in this range in 19 of 20 cases. */
  readonly perMinuteRange: readonly [number, number];
  /** `rises`: as a heap does with garbage that was not collected yet, so it may not stay. */
  readonly trend: 'grows' | 'rises' | 'steady';
}

/** Which memory grows. */
export interface TriageReport {
  readonly schemaVersion: 1;
  readonly seconds: number;
  readonly readings: number;
  /** True if garbage was collected before each reading. */
  readonly collected: boolean;
  /** The part that grows most; `none` if nothing does, `unclear` if the readings do not tell. */
  readonly verdict: Exclude<MemoryPart, 'resident'> | 'none' | 'unclear';
  readonly headline: string;
  /** What to do next. */
  readonly advice: string;
  readonly parts: readonly PartTrend[];
  /** What could not be read, and why. */
  readonly missing: readonly string[];
}

/** Spans of which the lowest reading counts. */
const SPANS = 12;
/** Growth over the whole time that any program's memory has by itself, in bytes. */
const NOISE = { collected: 256 * 1024, counters: 1024 * 1024, resident: 2 * 1024 * 1024 };
/** A part that grows by less than this share of the one that grows most is beside the point. */
const BESIDE = 0.1;
/** A reading this much below the one before shows that garbage was collected in between. */
const COLLECTION = 0.02;

/**
 * Judges readings that were taken over a time, oldest first.
 * @param collected True if garbage was collected before each: then what is left was reachable.
 */
export function judgeMemory(readings: readonly TimedCounters[], collected: boolean): TriageReport {
  const parts = partsOf(readings).flatMap((series) => trendOf(series, collected) ?? []);
  const verdict = verdictOn(parts);
  const report = {
    schemaVersion: 1 as const,
    seconds: readings.at(-1)?.seconds ?? 0,
    readings: readings.length,
    collected,
    verdict,
    parts,
    missing: missingFrom(readings),
  };
  return { ...report, headline: headlineOf(report), advice: adviceOn(report) };
}

interface Series {
  readonly part: MemoryPart;
  readonly readings: readonly Reading[];
}

function partsOf(readings: readonly TimedCounters[]): Series[] {
  const hasExternal = readings.every(({ externalBytes }) => externalBytes !== undefined);
  const beyond = ({ residentBytes = NaN, heapTotalBytes, externalBytes = 0 }: TimedCounters) =>
    residentBytes - heapTotalBytes - (hasExternal ? externalBytes : 0);
  const series: [MemoryPart, (counters: TimedCounters) => number | undefined][] = [
    ['heap', ({ heapUsedBytes }) => heapUsedBytes],
    ['external', ({ externalBytes }) => externalBytes],
    [hasExternal ? 'native' : 'outside', beyond],
    ['resident', ({ residentBytes }) => residentBytes],
  ];
  return series.flatMap(([part, bytesOf]) => {
    const values = readings.map((at) => ({ seconds: at.seconds, bytes: bytesOf(at) ?? NaN }));
    return values.some(({ bytes }) => Number.isNaN(bytes)) ? [] : [{ part, readings: values }];
  });
}

function trendOf({ part, readings }: Series, collected: boolean): PartTrend | undefined {
  // All parts have low points: buffers are garbage like other objects.
  const low = collected ? readings : lowPoints(readings, SPANS);
  const slope = slopeOf(low);
  const [first] = readings;
  const last = readings.at(-1);
  if (!slope || !first || !last) return undefined;
  const minutes = (last.seconds - first.seconds) / 60;
  const isUp = slope.least > 0 && slope.perMinute * minutes >= noiseOf(part, collected);
  // Physical memory beyond the heap is no garbage of V8's, and collections do not lower it.
  const isSettled = collected || part === 'native' || part === 'resident' || wasCollected(readings);
  return {
    part,
    firstBytes: first.bytes,
    lastBytes: last.bytes,
    perMinute: slope.perMinute,
    perMinuteRange: [slope.least, slope.most],
    trend: isUp ? (isSettled ? 'grows' : 'rises') : 'steady',
  };
}

function noiseOf(part: MemoryPart, collected: boolean): number {
  if (part === 'heap' || part === 'external') return collected ? NOISE.collected : NOISE.counters;
  return NOISE.resident;
}

/** True if the last third, too, has a reading so much lower that a collection lies before it. */
function wasCollected(readings: readonly Reading[]): boolean {
  const drops = readings.map(
    ({ bytes }, index) => index > 0 && bytes < readings[index - 1].bytes * (1 - COLLECTION),
  );
  const third = Math.ceil(drops.length / 3);
  return drops.slice(0, -third).includes(true) && drops.slice(-third).includes(true);
}

function verdictOn(parts: readonly PartTrend[]): TriageReport['verdict'] {
  if (parts.length === 0) return 'unclear';
  const causes = parts.filter(({ part }) => part !== 'resident');
  const most = Math.max(...causes.map(({ perMinute }) => perMinute));
  const up = causes
    .filter(({ trend, perMinute }) => trend !== 'steady' && perMinute >= most * BESIDE)
    .sort((a, b) => b.perMinute - a.perMinute);
  const [first] = up;
  if (!first) return 'none';
  const sure = up.find(({ trend }) => trend === 'grows') ?? first;
  return sure.trend === 'grows' ? (sure.part as Exclude<MemoryPart, 'resident'>) : 'unclear';
}

function missingFrom(readings: readonly TimedCounters[]): string[] {
  const missing = ['Heap spaces: V8 takes reading them for a side effect, so they were not read.'];
  if (readings.some(({ externalBytes }) => externalBytes === undefined)) {
    missing.push(
      'ArrayBuffers and external memory: Node.js before 24 does not tell them without running code.',
    );
  }
  if (readings.some(({ residentBytes }) => residentBytes === undefined)) {
    missing.push(
      'Physical memory (RSS): the process does not run where Leakline does, or the system does not tell.',
    );
  }
  if (readings.length < LEAST_READINGS) missing.push('A trend: there are too few readings.');
  return missing;
}
