import assert from 'node:assert/strict';
import { judgeFix, leakOf } from '../../../../src/extension/run/fixVerdict';
import { LastRun } from '../../../../src/extension/run/lastRun';
import { shopResult } from '../../../webview/shopResult';
import { fakeMemory, repeatableRun } from './fakeRun';

const { report } = shopResult;
const [first, second] = report.findings;
const clean = { ...report, verdict: 'clean', findings: [], heapBytes: [8e6, 8.1e6] } as const;

describe('judgeFix', () => {
  it('says that the growth is gone, with the numbers', () => {
    const { outcome, text } = judgeFix([leakOf(first)], clean);
    assert.equal(outcome, 'fixed');
    assert.match(text, /^Fixed\. recentCarts Map .*\+12\.4 MB per round before; no growth now/);
    assert.match(text, /8\.0 MB → 8\.1 MB/);
  });

  it('knows a leak again whose line has moved and whose size is another', () => {
    const moved = {
      ...first,
      rank: 7,
      retainedBytesPerRound: 1_000_000,
      sites: first.sites.map((site) => ({ ...site, line: site.line + 30 })),
    };
    const { outcome, text } = judgeFix([leakOf(first)], { ...report, findings: [moved] });
    assert.equal(outcome, 'notFixed');
    assert.match(text, /^Not fixed: .*\+12\.4 MB per round before, .*\+1\.0 MB per round now\.$/);
  });

  it('does not take another leak for this one', () => {
    const { outcome } = judgeFix([leakOf(first)], { ...report, findings: [second] });
    assert.equal(outcome, 'fixed');
    const elsewhere = { ...first, sites: first.sites.map((site) => ({ ...site, file: 'b.ts' })) };
    assert.equal(judgeFix([leakOf(first)], { ...report, findings: [elsewhere] }).outcome, 'fixed');
  });

  it('counts, where one of several is left', () => {
    const { outcome, text } = judgeFix([first, second].map(leakOf), {
      ...report,
      findings: [second],
    });
    assert.equal(outcome, 'notFixed');
    assert.match(text, /^1 of 2 leaks fixed: Listeners on process/);
  });

  it('claims nothing after a run that was in doubt', () => {
    const { outcome } = judgeFix([leakOf(first)], { ...clean, verdict: 'inconclusive' });
    assert.equal(outcome, 'unknown');
  });
});

describe('LastRun', () => {
  it('keeps what a fix is verified with, over a reload of the window', async () => {
    const memory = fakeMemory();
    await new LastRun(memory).remember(repeatableRun, report);
    const last = new LastRun(memory).value;
    assert.deepEqual(last?.drive, repeatableRun.drive);
    assert.deepEqual(last?.leaks, report.findings.map(leakOf));
  });
});
