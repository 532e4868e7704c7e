import assert from 'node:assert/strict';
import { renderText } from '../../../src/report/renderText';
import { assertGolden } from './goldenText';
import {
  cleanReport,
  hostileReport,
  inconclusiveReport,
  leakReport,
  linkedListReport,
} from './sampleReports';

describe('renderText', () => {
  it('shows everything there is about a leak', () => {
    assertGolden('leak.text.golden', renderText(leakReport));
  });

  it('shows a clean and an inconclusive run', () => {
    const both = renderText(cleanReport) + renderText(inconclusiveReport);
    assertGolden('noLeak.text.golden', both);
  });

  it('leaves out the middle of a long chain', () => {
    assertGolden('linkedList.text.golden', renderText(linkedListReport));
  });

  it('wraps at 100 columns and cuts long source lines', () => {
    const [finding] = leakReport.findings;
    const [site] = finding?.sites ?? [];
    assert(finding && site);
    const long = 'every word of this is here to be wrapped '.repeat(20).trim();
    const sites = [{ ...site, text: 'x=1;'.repeat(1_000_000) }];
    const findings = [{ ...finding, title: long, evidence: [long], sites }];
    const text = renderText({ ...leakReport, findings, notices: [long] });
    for (const line of text.split('\n')) assert(line.length <= 100, line);
    assert.equal(text.replace(/\s+/g, ' ').split(long).length, 4);
    assert.match(text, /x=1;…$/m);
  });

  it('lets no control character or bidirectional override through', () => {
    const text = renderText(hostileReport);
    assert.doesNotMatch(text, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    assert.equal(text.match(/^# Owned|^- \[x\]/m), null);
  });

  it('colours only when asked, and then changes nothing else', () => {
    const plain = renderText(leakReport);
    const coloured = renderText(leakReport, { colour: true });
    assert.equal(plain.includes('\u001b'), false);
    assert.equal(coloured.includes('\u001b'), true);
    assert.equal(coloured.replace(/\u001b\[\d+m/g, ''), plain);
  });
});
