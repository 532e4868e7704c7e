import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2020';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { projectRoot } from '../../support/projectRoot';
import { shopFolder } from '../../support/shop';

const schemaFile = path.join(projectRoot, 'src', 'report', 'report.schema.json');
const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as object;
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

/** The report in a JSON text, which must be one and nothing else. */
export function parseReport(text: string): LeakReport {
  const report = JSON.parse(text) as LeakReport;
  assert(validate(report), JSON.stringify(validate.errors));
  return report;
}

/** The 1-based number of the only line in a source of the shop that contains `text`. */
function shopLine(file: string, text: string): number {
  const lines = readFileSync(path.join(shopFolder, file), 'utf8').split('\n');
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  assert.equal(found.length, 1, `${text} is on ${found.length} lines of ${file}`);
  return found[0];
}

/** Where the shop's leak is made: each visit leaves one quote in a Map. */
export const leak = {
  file: 'src/pricing.ts',
  line: shopLine('src/pricing.ts', 'quotes.set(cart.id, quote)'),
  declaration: shopLine('src/pricing.ts', 'const quotes = new Map'),
};

/** Checks that the leak of the shop is the first finding, with `visits` quotes a round. */
export function assertShopLeak(report: LeakReport, visits: number): void {
  assert.equal(report.verdict, 'leak');
  const [finding] = report.findings;
  const [first, ...others] = finding.sites;
  assert.equal(finding.rank, 1);
  assert.equal(finding.className, 'PriceQuote');
  assert.equal(finding.shape, 'map');
  assert.equal(finding.countPerRound, visits);
  assert.equal(first.file, leak.file);
  assert.equal(first.line, leak.line);
  assert.match(first.text, /^quotes\.set\(cart\.id, quote\);$/);
  assert(others.some(({ file, line }) => file === leak.file && line === leak.declaration));
}
