/** Where a series of readings goes. */
export type Trend = 'up' | 'down' | 'steady';

/** Changes smaller than this are the collector's, not the program's. */
const LEAST_CHANGE = 0.05;
const LEAST_READINGS = 6;

/**
 * Compares the newer half of the readings with the older one, so that one collection of garbage does
 * not turn it over. Steady while there are too few.
 */
export function heapTrend(readings: readonly number[]): Trend {
  if (readings.length < LEAST_READINGS) return 'steady';
  const middle = Math.floor(readings.length / 2);
  const older = mean(readings.slice(0, middle));
  const newer = mean(readings.slice(middle));
  if (newer > older * (1 + LEAST_CHANGE)) return 'up';
  return newer < older * (1 - LEAST_CHANGE) ? 'down' : 'steady';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
