import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LeakReport } from '../../src/leaks/leakReport';
import { renderSarif } from '../../src/report/renderSarif';
import { validateSarif } from '../support/sarifValidator';
import {
  cleanReport,
  hostileReport,
  leakReport,
  linkedListReport,
} from '../unit/report/sampleReports';

const REPORTS: Readonly<Record<string, LeakReport>> = {
  'a leak': leakReport,
  'no leak': cleanReport,
  'hostile text': hostileReport,
  'a long chain': linkedListReport,
};

describe('SARIF', function () {
  this.timeout(300_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-sarif-'));
  });
  after(() => rm(folder, { recursive: true }));

  const validate = async (text: string) => {
    const file = path.join(folder, 'report.sarif');
    await writeFile(file, text);
    return validateSarif(file);
  };

  for (const [name, report] of Object.entries(REPORTS)) {
    it(`of ${name} is valid by the schema, SARIF's rules and those of code scanning`, async () => {
      const complaints = await validate(renderSarif(report, { version: '1.0.0' }));
      const serious = complaints.filter(({ level }) => level !== 'note');
      // There is no page to lead to yet.
      assert.deepEqual(new Set(serious.map(({ rule }) => rule)), new Set(['SARIF2005']));
    });
  }

  it('would be found invalid', async () => {
    const text = renderSarif(leakReport, { version: '1.0.0' });
    const broken = await validate(text.replaceAll('"startLine": 46', '"startLine": 0'));
    assert(broken.some(({ level }) => level === 'error'));
  });
});
