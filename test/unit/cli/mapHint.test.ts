import assert from 'node:assert/strict';
import { withMapHint } from '../../../src/cli/mapHint';
import type { LeakReport, Site } from '../../../src/leaks/leakReport';
import { leakReport } from '../report/sampleReports';

/** A report with one finding, of which each site is of a URL that has no file here. */
function reportOf(...urls: string[]): LeakReport {
  const [finding] = leakReport.findings;
  const sites = urls.map((url): Site => ({ ...finding.sites[0], unmapped: { url, tried: [] } }));
  return { ...leakReport, findings: [{ ...finding, sites }] };
}

const hintFor = (...urls: string[]) => withMapHint(reportOf(...urls)).notices.at(-1) ?? '';

describe('withMapHint', () => {
  it('adds nothing where every file was found', () => {
    assert.equal(withMapHint(leakReport), leakReport);
  });

  it('shows the option for the folder that the files share', () => {
    assert.match(hintFor('file:///app/src/a.js'), / --map \/app\/src=FOLDER /);
    assert.match(hintFor('file:///app/src/a.js', '/app/lib/b.js'), / --map \/app=FOLDER /);
    assert.match(hintFor('/app/a.js', '/srv/b.js'), / --map \/=FOLDER /);
    assert.match(hintFor('C:\\app\\a.js'), / --map C:\/app=FOLDER /);
    assert.match(hintFor('webpack://shop/./src/a.ts'), / --map webpack:\/\/shop\/src=FOLDER /);
  });
});
