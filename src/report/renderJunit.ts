import type { Finding, LeakReport } from '../leaks/leakReport';
import type { KnownFinding } from './knownFindings';
import { plainText } from './plainText';
import { reviewFindings, type ReviewedFinding } from './reviewedFinding';
import {
  chainLines,
  growthSummary,
  placeText,
  roleText,
  runSummary,
  verdictTitle,
} from './wording';

/**
 * The report as JUnit XML, which most CI systems show: a test case for each finding, skipped if it is
 * known or may only be filling up; one that passes if there is none. There is no standard; this is
 * what Jenkins, GitLab and GitHub's reporters read.
 */
export function renderJunit(report: LeakReport, known: readonly KnownFinding[] = []): string {
  const cases = reviewFindings(report, known);
  const failures = cases.filter(({ finding, known: entry }) => isFailure(finding, entry)).length;
  const skipped = cases.length - failures;
  const suite = attributes({
    name: 'Leakline',
    tests: Math.max(cases.length, 1),
    failures,
    errors: 0,
    skipped,
  });
  const body = cases.length > 0 ? cases.flatMap(caseLines) : [passed(report)];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite${suite}>`,
    ...body.map((line) => `    ${line}`),
    `    <system-out>${text([verdictTitle(report), runSummary(report), ...report.notices])}</system-out>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function isFailure({ bounded }: Finding, known: KnownFinding | undefined): boolean {
  return !bounded && !known;
}

function passed(report: LeakReport): string {
  return `<testcase${attributes({ classname: 'leakline', name: verdictTitle(report) })}/>`;
}

function caseLines({ finding, fingerprint, site, known }: ReviewedFinding): string[] {
  const head = attributes({
    classname: `leakline.${finding.shape}`,
    name: `${finding.title} (${fingerprint})`,
    ...(site && { file: site.file, line: site.line }),
  });
  return [`<testcase${head}>`, `  ${outcomeOf(finding, known)}`, '</testcase>'];
}

function outcomeOf(finding: Finding, known: KnownFinding | undefined): string {
  if (isFailure(finding, known)) {
    const message = `${growthSummary(finding)}. ${finding.fix}`;
    const head = attributes({ type: `leak-${finding.shape}`, message });
    return `<failure${head}>${text(details(finding))}</failure>`;
  }
  const message = known ? known.reason : 'It may still be filling up to its limit.';
  return `<skipped${attributes({ message })}/>`;
}

function details({ sites, evidence, path }: Finding): string[] {
  const places = sites.map((site) => `${placeText(site)} (${roleText(site)}) ${site.text}`);
  return [...places, '', ...evidence, '', ...chainLines(path)];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

function text(lines: readonly string[]): string {
  return lines.map(escaped).join('\n');
}

/** XML 1.0 has no way at all to write most control characters: they are spelled out. */
function escaped(value: string): string {
  return plainText(value)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\ufffe\uffff]/g, '\ufffd');
}
