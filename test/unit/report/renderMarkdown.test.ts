import assert from 'node:assert/strict';
import { renderMarkdown } from '../../../src/report/renderMarkdown';
import { assertGolden } from './goldenText';
import { cleanReport, hostileReport, inconclusiveReport, leakReport } from './sampleReports';

describe('renderMarkdown', () => {
  it('shows everything there is about a leak', () => {
    assertGolden('leak.markdown.golden', renderMarkdown(leakReport));
  });

  it('shows a clean and an inconclusive run', () => {
    const both = renderMarkdown(cleanReport) + renderMarkdown(inconclusiveReport);
    assertGolden('noLeak.markdown.golden', both);
  });

  describe('with hostile data', () => {
    const lines = renderMarkdown(hostileReport).split('\n');
    const prose = outsideCode(lines);

    it('keeps every string on its own line', () => {
      assertGolden('hostile.markdown.golden', lines.join('\n'));
      assert.equal(lines.filter((line) => line.startsWith('#')).length, 2);
    });

    it('makes no HTML of it', () => {
      const own = ['<details><summary>Retaining chain</summary>', '</details>'];
      assert.deepEqual(
        prose.filter((line) => /(?<!\\)</.test(line)),
        own,
      );
    });

    it('makes no links, images, emphasis, mentions or references of it', () => {
      for (const line of prose.map((text) => text.replace(/^(\*\*)(.*)\1/, '$2'))) {
        assert.doesNotMatch(line, /(?<!\\)[`*_[\]|~$&]/);
        assert.doesNotMatch(line, /@(?!\u200b)|#\d|https?:|www\.evil/);
      }
    });
  });

  it('fences code with more backticks than the code has', () => {
    const [finding] = leakReport.findings;
    const [site] = finding?.sites ?? [];
    assert(finding && site);
    const sites = [{ ...site, file: '`a``b.ts', text: 'tag`````;' }];
    const markdown = renderMarkdown({ ...leakReport, findings: [{ ...finding, sites }] });
    assert(markdown.includes('\n``` `a``b.ts:46:7 ``` (kept by)\n'), markdown);
    assert(markdown.includes('\n``````\ntag`````;\n``````\n'), markdown);
  });
});

/** The lines that are not in a code block, without their code spans. */
function outsideCode(lines: readonly string[]): string[] {
  let fence: string | undefined;
  return lines.flatMap((line) => {
    if (fence !== undefined) {
      if (line === fence) fence = undefined;
      return [];
    }
    fence = /^`{3,}$/.exec(line)?.[0];
    if (fence) return [];
    return [line.replace(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, 'code')];
  });
}
