import assert from 'node:assert/strict';
import type { SnapshotCost } from '../../../src/care/snapshotCost';
import { comparisonWords, judgeSnapshot } from '../../../src/care/snapshotVerdict';

const cost: SnapshotCost = {
  pauseSeconds: { least: 1.2, most: 6 },
  extraBytes: { least: 200e6, most: 900e6 },
  from: 'heapSize',
};
const left = (bytes: number) => ({ left: { bytes, of: 'container' as const }, remote: false });

describe('judgeSnapshot', () => {
  it('goes where the most that it can take is well within what is left', () => {
    const { decision, reasons, estimate } = judgeSnapshot(cost, left(2e9));
    assert.equal(decision, 'go');
    assert.deepEqual(reasons, []);
    assert.match(estimate, /1\.2 s to 6\.0 s and take 200 MB to 900 MB more memory/);
    assert.match(estimate, /from the size of the heap alone/);
  });

  it('asks where it may not fit, and where it would leave next to nothing', () => {
    for (const bytes of [300e6, 899e6, 1000e6]) {
      const { decision, reasons } = judgeSnapshot(cost, left(bytes));
      assert.equal(decision, 'ask', `${bytes}`);
      assert.match(reasons[0], /^Its container has \d.* of memory left: it may not be enough/);
    }
  });

  it('refuses what cannot fit', () => {
    const { decision, reasons } = judgeSnapshot(cost, left(150e6));
    assert.equal(decision, 'refuse');
    assert.deepEqual(reasons, [
      'Its container has 150 MB of memory left, less than the snapshot needs at least.',
    ]);
  });

  it('asks for any program elsewhere, and says what is not known of it', () => {
    const { decision, reasons } = judgeSnapshot(cost, { left: undefined, remote: true });
    assert.equal(decision, 'ask');
    assert.match(reasons[0], /answers nobody, and its memory limit is not known/);
    assert.equal(judgeSnapshot(cost, { ...left(9e9), remote: true }).decision, 'ask');
  });

  it('does not ask for a program of this machine whose limit is unknown', () => {
    assert.equal(judgeSnapshot(cost, { left: undefined, remote: false }).decision, 'go');
  });

  it('asks before a pause of more than a minute', () => {
    const long = { ...cost, pauseSeconds: { least: 20, most: 90 } };
    assert.equal(judgeSnapshot(long, left(2e9)).decision, 'ask');
  });
});

describe('comparisonWords', () => {
  it('puts what it was beside what was expected', () => {
    const verdict = judgeSnapshot(cost, left(2e9));
    const price = { pauseSeconds: 2.04, extraBytes: 412e6, heapUsedBytes: 1 };
    assert.equal(
      comparisonWords(verdict, price),
      'The program stood still for 2.0 s (estimated: 1.2 s to 6.0 s) and took 412 MB more memory ' +
        'at its peak (estimated: 200 MB to 900 MB).',
    );
    assert.equal(
      comparisonWords(verdict, { ...price, extraBytes: undefined }),
      'The program stood still for 2.0 s (estimated: 1.2 s to 6.0 s).',
    );
  });
});
