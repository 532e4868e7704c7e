import assert from 'node:assert/strict';
import { judgeMemory, type TimedCounters } from '../../../src/care/triage';

const MB = 1e6;

interface Shape {
  readonly used?: (second: number) => number;
  readonly total?: (second: number) => number;
  readonly external?: ((second: number) => number) | null;
  readonly resident?: ((second: number) => number) | null;
}

/** A minute of readings, one a second. */
function minute({ used, total, external, resident }: Shape): TimedCounters[] {
  return Array.from({ length: 61 }, (_, seconds) => {
    const heapTotalBytes = total?.(seconds) ?? 60 * MB;
    const externalBytes = external === null ? undefined : (external?.(seconds) ?? 2 * MB);
    const residentBytes =
      resident === null
        ? undefined
        : (resident?.(seconds) ?? 40 * MB + heapTotalBytes + (externalBytes ?? 2 * MB));
    return {
      seconds,
      heapUsedBytes: used?.(seconds) ?? 30 * MB,
      heapTotalBytes,
      ...(externalBytes !== undefined && { externalBytes }),
      ...(residentBytes !== undefined && { residentBytes }),
    };
  });
}

/** Garbage that piles up to `height` and is collected every `period` seconds, on a floor. */
function sawtooth(period: number, height: number, floor: (second: number) => number) {
  return (second: number) => floor(second) + ((second % period) / period) * height;
}

/** Noise that is the same in each run. */
function noise(second: number, size: number): number {
  return (((second * 7919 + 13) % 101) / 101) * size;
}

describe('judgeMemory', () => {
  it('takes the sawtooth of garbage for no growth', () => {
    for (const period of [2, 5, 9, 17]) {
      const used = sawtooth(period, 20 * MB, (second) => 30 * MB + noise(second, 0.4 * MB));
      const { verdict, parts } = judgeMemory(minute({ used }), false);
      assert.equal(verdict, 'none', `period ${period}: ${JSON.stringify(parts[0])}`);
    }
  });

  it('does not take last minus first: a sawtooth that ends at its top does not grow', () => {
    const used = sawtooth(7, 40 * MB, () => 30 * MB);
    const readings = minute({ used }).slice(0, 56);
    assert(readings.at(-1)!.heapUsedBytes > readings[0].heapUsedBytes + 30 * MB);
    assert.equal(judgeMemory(readings, false).verdict, 'none');
  });

  it('sees the floor of a sawtooth rise', () => {
    const used = sawtooth(4, 20 * MB, (second) => 30 * MB + second * 0.1 * MB);
    const { verdict, parts, headline, advice } = judgeMemory(minute({ used }), false);
    assert.equal(verdict, 'heap');
    const perMinute = parts[0].perMinute / MB;
    assert(perMinute > 4 && perMinute < 8, `${perMinute} MB a minute`);
    assert.match(headline, /^JavaScript heap grows by about \d/);
    assert.match(advice, /leakline sample/);
  });

  it('cannot tell a heap that only rises from garbage that nobody collected', () => {
    const readings = minute({ used: (second) => 30 * MB + second * 0.2 * MB });
    const counters = judgeMemory(readings, false);
    assert.equal(counters.verdict, 'unclear');
    assert.match(counters.headline, /too little garbage was collected/);
    assert.match(counters.advice, /--collect/);
    assert.equal(judgeMemory(readings, true).verdict, 'heap');
  });

  it('tells external memory, and that the heap does not grow', () => {
    const external = sawtooth(6, 5 * MB, (second) => 10 * MB + second * MB);
    const { verdict, headline } = judgeMemory(minute({ external }), false);
    assert.equal(verdict, 'external');
    assert.match(headline, /^ArrayBuffers and other external.* The JavaScript heap does not\.$/);
  });

  it('tells native memory, for which a snapshot is the wrong thing', () => {
    const resident = (second: number) => 120 * MB + second * 0.5 * MB + noise(second, MB);
    const { verdict, advice } = judgeMemory(minute({ resident }), false);
    assert.equal(verdict, 'native');
    assert.match(advice, /snapshot would be the wrong thing/);
  });

  it('does not tell ArrayBuffers from native memory where the process does not', () => {
    const resident = (second: number) => 120 * MB + second * 0.5 * MB;
    const report = judgeMemory(minute({ external: null, resident }), true);
    assert.equal(report.verdict, 'outside');
    assert(report.missing.some((what) => /before 24/.test(what)));
  });

  it('says what it is blind to when nothing grows in a process elsewhere', () => {
    const { verdict, headline, missing } = judgeMemory(minute({ resident: null }), false);
    assert.equal(verdict, 'none');
    assert.match(headline, /What cannot be seen from here may\./);
    assert(missing.some((what) => /^Physical memory/.test(what)));
  });

  it('names the part that grows most', () => {
    const report = judgeMemory(
      minute({
        used: (second) => 30 * MB + second * 0.1 * MB,
        external: (second) => 2 * MB + second * 3 * MB,
      }),
      true,
    );
    assert.equal(report.verdict, 'external');
    assert.equal(report.parts.find(({ part }) => part === 'heap')?.trend, 'grows');
  });

  it('takes committed heap for no native memory', () => {
    const total = (second: number) => 60 * MB + second * MB;
    assert.equal(judgeMemory(minute({ total }), false).verdict, 'none');
  });

  it('judges nothing on a handful of readings', () => {
    const report = judgeMemory(minute({}).slice(0, 3), false);
    assert.equal(report.verdict, 'unclear');
    assert(report.missing.some((what) => /too few/.test(what)));
  });
});
