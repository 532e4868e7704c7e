import assert from 'node:assert/strict';
import { findingDiagnostic, staleNote } from '../../../../src/extension/editor/findingDiagnostics';
import { findingHover } from '../../../../src/extension/editor/findingHover';
import { absolutePlace } from '../../../../src/extension/results/places';
import { hostileReport } from '../../report/sampleReports';
import { openResult } from '../results/openResult';

const result = openResult();
const [finding] = result.report.findings;
const LINKS = '[Show Retainers](command:leakline.showRetainers)';
const place = absolutePlace(result.root, finding.sites[0]);

describe('findingHover', () => {
  const text = findingHover({ result, finding, place, isStale: false }, LINKS, false);

  it('shows the growth over the rounds', () => {
    assert.match(text, /^`▁▃▆█` 37\.2 MB since the baseline$/m);
  });

  it('says how sure it is, and what that rests on', () => {
    assert.match(text, /confidence 93%; measured over 3 rounds, heap /);
    for (const sentence of ['- Grew in all 3 rounds', '- Nothing in src/cart']) {
      assert.ok(text.includes(sentence), sentence);
    }
  });

  it('shows the chain and the fix', () => {
    assert.match(text, /```text\n[^]*recentCarts Map[^]*CartSnapshot[^]*\n```/);
    assert.match(text, /\*\*How to fix it\\?:\*\* Delete from `recentCarts`/);
  });

  it('shows what can be done before what is only to be read', () => {
    const [fix, links, evidence] = ['**How to fix it', LINKS, '- Grew'].map((t) => text.indexOf(t));
    assert.ok(0 < fix && fix < links && links < evidence);
  });

  it('says that the file has changed', () => {
    const stale = findingHover({ result, finding, place, isStale: true }, LINKS, false);
    assert.ok(stale.includes(`*${staleNote()}*`));
    assert.ok(!text.includes(staleNote()));
  });

  it('begins with what the problem does not say, where that is shown above', () => {
    const below = findingHover({ result, finding, place, isStale: true }, LINKS, true);
    assert.match(below, /^`▁▃▆█`/);
    const said = findingDiagnostic({ result, finding, place, isStale: true }).message;
    for (const text of [finding.title, finding.fix, staleNote()]) {
      assert.ok(said.includes(text), text);
    }
    for (const again of ['grows with every request', 'Delete from', staleNote()]) {
      assert.ok(!below.includes(again), again);
    }
  });

  it('makes no markup, link or HTML of what the target calls itself', () => {
    const hostile = { ...hostileReport.findings[0], growth: finding.growth };
    const lines = findingHover(
      { result, finding: hostile, place, isStale: false },
      '',
      false,
    ).split('\n');
    const fences = lines.flatMap((line, index) => (/^`{3,}(text)?$/.test(line) ? [index] : []));
    assert.equal(fences.length, 2);
    const prose = lines.filter((_, index) => index < fences[0] || index > fences[1]).join('\n');
    assert.doesNotMatch(prose, /(?<!\\)[[\]<>!]/);
    assert.doesNotMatch(prose, /^#|\u001b|\u202e/mu);
  });
});
