import assert from 'node:assert/strict';
import type { Finding, LeakReport } from '../../../src/leaks/leakReport';
import type { ExpectedRange, Variant } from '../../eval/evalCase';
import { judge, type Judgement } from '../../eval/judgement';
import { calibrate, isReached, scoreTargets } from '../../eval/scores';

/** A finding with these lines of a.js as its sites, best first. */
function finding(confidence: number, ...lines: number[]): Finding {
  const sites = lines.map((line) => ({ file: 'a.js', line }));
  return { confidence, sites } as unknown as Finding;
}

function range(first: number, last: number, broad = false): ExpectedRange {
  return { file: 'a.js', lineRange: [first, last], role: 'retainer', broad };
}

function judged(
  variant: Variant,
  expected: ExpectedRange[],
  findings: Finding[],
  verdict = findings.length > 0 ? 'leak' : 'clean',
): Judgement {
  const evalCase = { name: 'a', folder: '/a', shape: '', leak: variant !== 'healthy', expected };
  const report = { verdict, findings } as unknown as LeakReport;
  return judge({ evalCase: { ...evalCase, verify: { n: 1 } }, variant, report, seconds: 1 });
}

describe('judge', () => {
  it('is content if the first line of the first finding is among the expected', () => {
    const { passed, rank } = judged('leaking', [range(9, 9), range(3, 5)], [finding(0.9, 5, 1)]);
    assert.deepEqual({ passed, rank }, { passed: true, rank: 1 });
  });

  it('is not content with a line outside, nor with one that only a broad range covers', () => {
    for (const line of [2, 6]) assert(!judged('leaking', [range(3, 5)], [finding(1, line)]).passed);
    assert(!judged('leaking', [range(3, 5, true)], [finding(1, 4)]).passed);
  });

  it('tells where the right line is if it is not the first', () => {
    const { passed, rank, amongSites } = judged(
      'leaking',
      [range(5, 5)],
      [finding(0.9, 1, 5), finding(0.8, 2), finding(0.7, 5)],
    );
    assert.deepEqual({ passed, rank, amongSites }, { passed: false, rank: 3, amongSites: true });
  });

  it('takes a further finding for right if even a broad range covers it', () => {
    const expected = [range(5, 5), range(1, 9, true)];
    const { findings } = judged('leaking', expected, [finding(0.9, 4), finding(0.8, 4)]);
    assert.deepEqual(findings, [
      { confidence: 0.9, right: false },
      { confidence: 0.8, right: true },
    ]);
  });

  it('takes every finding in a program without a leak for wrong', () => {
    for (const variant of ['fixed', 'healthy'] as const) {
      const { passed, findings } = judged(variant, [range(5, 5)], [finding(0.9, 5)]);
      assert.equal(passed, false);
      assert.deepEqual(findings, [{ confidence: 0.9, right: false }]);
    }
  });

  it('lets a healthy program be undecided, but not a fixed one', () => {
    assert(judged('healthy', [], [], 'inconclusive').passed);
    assert(!judged('fixed', [], [], 'inconclusive').passed);
  });

  it('is not content with a case that did not run', () => {
    for (const variant of ['leaking', 'fixed', 'healthy'] as const) {
      const { evalCase } = judged(variant, [range(1, 1)], []).run;
      assert(!judge({ evalCase, variant, error: 'it died', seconds: 0 }).passed);
    }
  });
});

describe('scoreTargets', () => {
  it('wants nine in ten leaks right at once, and all of them within three findings', () => {
    const right = judged('leaking', [range(1, 1)], [finding(1, 1)]);
    const third = judged('leaking', [range(1, 1)], [finding(1, 2), finding(1, 2), finding(1, 1)]);
    const reached = (judgements: Judgement[]) => scoreTargets(judgements).map(isReached);
    assert.deepEqual(reached([...new Array<Judgement>(9).fill(right), third]), [true, true]);
    assert.deepEqual(reached([...new Array<Judgement>(8).fill(right), third]), [false, true]);
    const fourth = judged(
      'leaking',
      [range(1, 1)],
      [2, 2, 2, 1].map((line) => finding(1, line)),
    );
    assert.deepEqual(reached([...new Array<Judgement>(9).fill(right), fourth]), [true, false]);
  });

  it('wants every twin and every healthy program left alone', () => {
    const quiet = judged('fixed', [], []);
    const loud = judged('healthy', [], [finding(0.5, 1)]);
    assert.deepEqual(scoreTargets([quiet, loud]).map(isReached), [true, false]);
  });
});

describe('calibrate', () => {
  it('counts each finding in one band, the highest confidence in the last', () => {
    const all = [0.2, 0.5, 0.7, 0.85, 0.95, 1].map((confidence, i) =>
      judged('leaking', [range(1, 1)], [finding(confidence, i % 2)]),
    );
    const bands = calibrate(all);
    assert.deepEqual(
      bands.map(({ count, right }) => [count, right]),
      [
        [1, 0],
        [1, 1],
        [1, 0],
        [1, 1],
        [2, 1],
      ],
    );
    assert.equal(bands[4].meanConfidence, 0.975);
  });
});
