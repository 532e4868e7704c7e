import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { renderAnnotations } from '../../../src/report/renderAnnotations';
import { renderCodeQuality } from '../../../src/report/renderCodeQuality';
import { renderJunit } from '../../../src/report/renderJunit';
import { reviewFindings } from '../../../src/report/reviewedFinding';
import { SHAPE_GUIDES } from '../../../src/report/shapeGuide';
import { projectRoot } from '../../support/projectRoot';
import { assertGolden } from './goldenText';
import { cleanReport, hostileReport, leakReport } from './sampleReports';

const [{ fingerprint }] = reviewFindings(leakReport, []);
const known = [{ fingerprint, reason: 'A cache, see #12' }];

describe('the guides to the leak shapes', () => {
  for (const [shape, { title }] of Object.entries(SHAPE_GUIDES)) {
    it(`has the title of the page on ${shape}`, () => {
      const page = readFileSync(path.join(projectRoot, 'docs', 'shapes', `${shape}.md`), 'utf8');
      assert(page.startsWith(`# ${title}\n`));
    });
  }
});

describe('renderAnnotations', () => {
  it('makes a command for each finding and notice', () => {
    assertGolden('leak.github.golden', renderAnnotations(leakReport));
  });

  it('says nothing of a clean run', () => {
    assert.equal(renderAnnotations(cleanReport), '');
  });

  it('only tells of what is known', () => {
    const [first] = renderAnnotations(leakReport, known).split('\n');
    assert.match(first, /^::notice file=src\/pricing\.ts,.* Known: A cache, see #12$/);
  });

  it('lets no text begin a command or a property of its own', () => {
    const lines = renderAnnotations(hostileReport).trimEnd().split('\n');
    assert.equal(lines.length, 2);
    for (const line of lines) {
      const [, properties] = /^::(?:error|warning|notice) ([^:]*)::/.exec(line) ?? [];
      assert(properties !== undefined, line);
      assert(
        properties.split(',').every((one) => /^(file|line|col|title)=/.test(one)),
        line,
      );
    }
  });
});

describe('renderCodeQuality', () => {
  const issuesOf = (text: string) =>
    JSON.parse(text) as { fingerprint: string; severity: string; location: object }[];

  it('has an issue for each finding with a line', () => {
    const issues = issuesOf(renderCodeQuality(leakReport));
    assert.equal(issues.length, 1);
    assert.equal(issues[0].fingerprint, fingerprint);
    assert.equal(issues[0].severity, 'critical');
    assert.deepEqual(issues[0].location, { path: 'src/pricing.ts', lines: { begin: 46 } });
  });

  it('leaves out what is known', () => {
    assert.deepEqual(issuesOf(renderCodeQuality(leakReport, known)), []);
  });
});

describe('renderJunit', () => {
  it('has a failing case for each finding', () => {
    assertGolden('leak.junit.golden', renderJunit(leakReport));
  });

  it('has a passing case where there is none', () => {
    const xml = renderJunit(cleanReport);
    assert.match(xml, /tests="1" failures="0" errors="0" skipped="0"/);
    assert.match(xml, /<testcase classname="leakline" name="no leak found"\/>/);
  });

  it('skips what is known, with the reason', () => {
    const xml = renderJunit(leakReport, known);
    assert.match(xml, /failures="1" errors="0" skipped="1"/);
    assert.match(xml, /<skipped message="A cache, see #12"\/>/);
  });

  it('stays well-formed with hostile text', () => {
    const xml = renderJunit(hostileReport);
    const tags = xml.replace(/<[?/]?[a-z-]+(?: [a-z]+="[^"<>]*")*[?/]?>/g, '');
    assert.doesNotMatch(tags, /[<>]/);
    // Nothing that XML 1.0 has no way to write.

    assert.doesNotMatch(xml, /[\u0000-\u0008\u000b-\u001f\ud800-\udfff]/);
  });
});
