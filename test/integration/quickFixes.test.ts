import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { LeakReport } from '../../src/leaks/leakReport';
import { type FixKind, quickFixes } from '../../src/source/quickFixes';
import { applyEdits } from '../support/applyEdits';
import { findInModules } from '../support/leakingModules';
import { projectRoot } from '../support/projectRoot';

const FOLDER = path.join(projectRoot, 'test', 'fixtures', 'fixes');

/** Each leaking module, and the fix that is to end its leak. */
const FIXES: Readonly<Record<string, FixKind>> = {
  'clearInterval.mjs': 'clearTimer',
  'leaveRegistry.mjs': 'leaveRegistry',
  'limitArray.mjs': 'limitContainer',
  'limitField.mjs': 'limitContainer',
  'limitMap.mjs': 'limitContainer',
  'listenOnce.mjs': 'listenOnce',
  'listenOnceOption.mjs': 'listenOnce',
  'removeListener.mjs': 'removeListener',
  'weakMap.mjs': 'weakContainer',
  'weakSet.mjs': 'weakContainer',
};
/** Node.js keeps timers together, so that two leaks of them are one finding. */
const SECOND_TIMER = { 'clearInFinally.mjs': 'clearTimer' } as const;

describe('Quick fixes', function () {
  this.timeout(180_000);

  for (const fixes of [FIXES, SECOND_TIMER] as Readonly<Record<string, FixKind>>[]) {
    it(`end the leaks of ${Object.keys(fixes).join(', ')}`, async () => {
      const leaking = new Map(
        Object.keys(fixes).map((name) => [name, readFileSync(path.join(FOLDER, name), 'utf8')]),
      );
      const report = await findInModules(leaking);
      const fixed = new Map(
        [...leaking].map(([name, text]) => [name, fixedBy(fixes[name], name, text, report)]),
      );
      const after = await findInModules(fixed);
      const left = after.findings.map(({ title }) => title);
      assert.deepEqual([after.verdict, left], ['clean', []]);
    });
  }
});

/** The module after the fix that its finding offers. */
function fixedBy(kind: FixKind, name: string, source: string, report: LeakReport): string {
  const titles = report.findings.map(({ title }) => title);
  const finding = report.findings.find(({ sites }) => sites[0]?.file === name);
  assert.ok(finding, `nothing leaks in ${name}, but: ${titles.join('; ')}`);
  const lines = finding.sites.filter(({ file }) => file === name).map(({ line }) => line);
  const offered = quickFixes({ source, fileName: name, shape: finding.shape, lines });
  const fix = offered.find((other) => other.kind === kind);
  assert.ok(fix, `for ${name} there is ${JSON.stringify(offered.map(({ title }) => title))}`);
  return applyEdits(source, fix.edits);
}
