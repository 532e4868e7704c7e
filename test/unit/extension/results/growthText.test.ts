import assert from 'node:assert/strict';
import { growthMark, growthText, sparkline } from '../../../../src/extension/results/growthText';
import { openResult } from './openResult';

const [finding] = openResult().report.findings;

describe('growth', () => {
  it('is said in memory', () => {
    assert.equal(growthText(finding), '+12.4 MB per round');
    assert.equal(growthText({ ...finding, retainedBytesPerRound: -2_000 }), '-2.0 kB per round');
  });

  it('is marked above a line with memory and objects', () => {
    assert.equal(growthMark(finding), '▲ 12.4 MB · 1,200 CartSnapshot / round');
    assert.equal(
      growthMark({ ...finding, countPerRound: 1.25 }),
      '▲ 12.4 MB · 1.3 CartSnapshot / round',
    );
  });

  it('is marked with memory alone where one object grows', () => {
    assert.equal(growthMark({ ...finding, countPerRound: 0 }), '▲ 12.4 MB / round');
  });

  it('is marked in one harmless line', () => {
    assert.equal(
      growthMark({ ...finding, className: 'A\n\u202eB' }),
      '▲ 12.4 MB · 1,200 A\\u{a}\\u{202e}B / round',
    );
  });
});

describe('sparkline', () => {
  it('goes from the lowest block to the highest', () => {
    assert.equal(sparkline([0, 10, 20, 70]), '▁▂▃█');
    assert.equal(sparkline([5, -5]), '█▁');
  });

  it('is flat where nothing changes, and empty of nothing', () => {
    assert.equal(sparkline([3, 3, 3]), '▁▁▁');
    assert.equal(sparkline([]), '');
  });
});
