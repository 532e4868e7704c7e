/** Less than this much of the work says little about how fast it goes. */
const LEAST_PART = 0.03;
const LEAST_MS = 2_000;
/** How much the newest reading counts; the others fade. */
const NEWEST = 0.2;

/**
 * Estimates how long a step of work will still take, from how fast it went: the average speed, in
 * which what was long ago counts less and less.
 */
export class TimeLeft {
  private started: Reading | undefined;
  private last: Reading | undefined;
  /** Part of the work per millisecond. */
  private speed: number | undefined;

  /**
   * @param fraction how much is done, 0..1; less than before begins another piece of work
   * @param now in milliseconds of any clock
   * @returns milliseconds that are left; undefined while too little is known
   */
  update(fraction: number, now: number): number | undefined {
    const { last } = this;
    if (!this.started || !last || fraction < last.fraction) {
      this.started = this.last = { fraction, now };
      this.speed = undefined;
      return undefined;
    }
    // Readings that come at once are one: no speed can be told from them.
    if (now > last.now) {
      const speed = (fraction - last.fraction) / (now - last.now);
      this.speed = this.speed === undefined ? speed : this.speed + NEWEST * (speed - this.speed);
      this.last = { fraction, now };
    }
    return this.estimate(fraction, now, this.started);
  }

  private estimate(fraction: number, now: number, started: Reading): number | undefined {
    const isTooSoon = now - started.now < LEAST_MS || fraction - started.fraction < LEAST_PART;
    if (isTooSoon || !this.speed) return undefined;
    return (1 - fraction) / this.speed;
  }
}

interface Reading {
  readonly fraction: number;
  readonly now: number;
}

/** A time for people, never more exact than an estimate is: `about 20 s left`, `about 3 min left`. */
export function timeLeftText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.round(seconds / 5) * 5} s left`;
  if (seconds < 90 * 60) return `about ${Math.max(1, Math.round(seconds / 60))} min left`;
  return `about ${Math.round(seconds / 3600)} h left`;
}
