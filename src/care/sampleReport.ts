import type { Range } from '../base/range';
import type { Site } from '../leaks/leakReport';
import { slopeOf, type Reading } from './trend';

/** An allocation site whose live objects keep growing. */
export interface GrowingSite {
  readonly rank: number;
  /** As V8 infers it; empty for an anonymous function. */
  readonly functionName: string;
  /**
   * The line of the function that stores something where it outlives the call (`growth`), or else
   * where the function that allocates begins (`allocation`). Undefined if no file has it.
   */
  readonly site: Site | undefined;
  /** Alive at the last reading, of what was allocated since the start; estimated from samples. */
  readonly liveBytes: number;
  readonly bytesPerMinute: number;
  /** The slope lies in this range in 19 of 20 cases. */
  readonly perMinuteRange: Range;
}

/** Which allocation sites keep growing. They say who makes what stays, not what retains it. */
export interface SampleReport {
  readonly schemaVersion: 1;
  readonly verdict: 'growing' | 'none';
  readonly seconds: number;
  readonly readings: number;
  /** All sampled objects that were alive at the last reading. */
  readonly liveBytes: number;
  readonly sites: readonly GrowingSite[];
}

/** What was alive of one site's allocations at each reading. */
export interface SiteSeries {
  readonly functionName: string;
  readonly site: Site | undefined;
  readonly readings: readonly Reading[];
}

interface Measured {
  readonly seconds: number;
  readonly readings: number;
  /** Mean bytes between two samples. */
  readonly intervalBytes: number;
}

const MAX_SITES = 10;
/** While caches fill and connections open, everything grows: so much of the time does not count. */
const SETTLING = 1 / 3;
/** Fewer samples than this may be chance. */
const LEAST_SAMPLES = 4;
/** A site with less than this share of all growth is beside the point. */
const LEAST_SHARE = 0.03;

/** Those sites that grow over the whole time, the fastest first. */
export function judgeSites(series: readonly SiteSeries[], measured: Measured): SampleReport {
  const growing = series
    .flatMap((one) => growthOf(one, measured.intervalBytes) ?? [])
    .sort((a, b) => b.bytesPerMinute - a.bytesPerMinute);
  const total = growing.reduce((sum, { bytesPerMinute }) => sum + bytesPerMinute, 0);
  const sites = growing
    .filter(({ bytesPerMinute }) => bytesPerMinute >= total * LEAST_SHARE)
    .slice(0, MAX_SITES)
    .map((site, index) => ({ rank: index + 1, ...site }));
  return {
    schemaVersion: 1,
    verdict: sites.length > 0 ? 'growing' : 'none',
    seconds: measured.seconds,
    readings: measured.readings,
    liveBytes: series.reduce((sum, one) => sum + (one.readings.at(-1)?.bytes ?? 0), 0),
    sites,
  };
}

function growthOf({ functionName, site, readings }: SiteSeries, intervalBytes: number) {
  const settled = readings.slice(Math.floor(readings.length * SETTLING));
  const slope = slopeOf(settled);
  const [first] = settled;
  const last = settled.at(-1);
  if (!slope || !first || !last) return undefined;
  const grown = (slope.perMinute / 60) * (last.seconds - first.seconds);
  if (slope.least <= 0 || grown < intervalBytes * LEAST_SAMPLES) return undefined;
  return {
    functionName,
    site,
    liveBytes: last.bytes,
    bytesPerMinute: slope.perMinute,
    perMinuteRange: { least: slope.least, most: slope.most },
  };
}
