import assert from 'node:assert/strict';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { renderSarif } from '../../../src/report/renderSarif';
import { reviewFindings } from '../../../src/report/reviewedFinding';
import { hostileReport, leakReport, linkedListReport } from './sampleReports';

interface Place {
  readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
  readonly region: { readonly startLine: number; readonly startColumn: number };
}
interface Located {
  readonly physicalLocation: Place;
  readonly message?: { readonly text: string };
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly rank: number;
  readonly message: { readonly text: string };
  readonly locations: readonly Located[];
  readonly relatedLocations: readonly Located[];
  readonly codeFlows: readonly [
    { readonly threadFlows: readonly [{ readonly locations: { readonly location: Located }[] }] },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly justification: string }[];
  readonly properties: { readonly retainingChain: readonly string[] };
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly Result[];
  readonly invocations: readonly [
    { readonly toolExecutionNotifications: readonly { readonly message: { text: string } }[] },
  ];
}

function runOf(report: LeakReport, known = [] as Parameters<typeof reviewFindings>[1]): Run {
  const log = JSON.parse(renderSarif(report, { version: '1.2.3', known })) as { runs: [Run] };
  return log.runs[0];
}

describe('renderSarif', () => {
  const run = runOf(leakReport);
  const [result] = run.results;

  it('has a rule for each shape, which its results refer to', () => {
    const { rules } = run.tool.driver;
    assert.equal(rules.length, 11);
    assert.equal(result.ruleId, 'leak-map');
    assert.equal(rules[result.ruleIndex].id, result.ruleId);
  });

  it('puts a finding at its first line, the other lines beside it, the chain as a flow', () => {
    const { artifactLocation, region } = result.locations[0].physicalLocation;
    assert.deepEqual(artifactLocation, { uri: 'src/pricing.ts', uriBaseId: '%SRCROOT%' });
    assert.deepEqual([region.startLine, region.startColumn], [46, 7]);
    const related = result.relatedLocations.map(
      ({ message, physicalLocation }) => `${physicalLocation.region.startLine} ${message?.text}`,
    );
    assert.deepEqual(related, [
      '51 added at: quotes.set(cart.id, quote);',
      '30 made at: constructor(',
    ]);
    const flow = result.codeFlows[0].threadFlows[0].locations;
    assert.deepEqual(
      flow.map(({ location }) => location.physicalLocation.region.startLine),
      [49, 46],
    );
    assert(result.properties.retainingChain.some((line) => line.includes('.mainModule Module')));
  });

  it('ranks by confidence', () => {
    assert.equal(result.rank, 95.4);
    assert.equal(result.level, 'error');
    const [finding] = leakReport.findings;
    const levelOf = (change: object) =>
      runOf({ ...leakReport, findings: [{ ...finding, ...change }] }).results[0].level;
    assert.equal(levelOf({ confidence: 0.6 }), 'warning');
    assert.equal(levelOf({ confidence: 0.3 }), 'note');
    assert.equal(levelOf({ bounded: true }), 'note');
  });

  it('names a finding by what stays when ids, counts and lines are others', () => {
    const [finding] = leakReport.findings;
    const later = {
      ...finding,
      countPerRound: 7,
      sites: finding.sites.map((site) => ({ ...site, line: site.line + 20 })),
      path: finding.path.map((step) => ({ ...step, objectId: step.objectId + 1000 })),
    };
    const [again] = runOf({ ...leakReport, findings: [later] }).results;
    assert.deepEqual(again.partialFingerprints, result.partialFingerprints);
    const [other] = runOf({ ...leakReport, findings: [{ ...later, shape: 'set' }] }).results;
    assert.notDeepEqual(other.partialFingerprints, result.partialFingerprints);
  });

  it('tells what has no line in words, as code scanning takes no such result', () => {
    assert.equal(run.results.length, 1);
    const told = run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
    assert(told.some((text) => text.includes("'data' listeners. No source line was found")));
    assert(told.some((text) => text.includes('a new baseline was taken')));
  });

  it('suppresses what is known, with the reason', () => {
    const [{ fingerprint }] = reviewFindings(leakReport, []);
    const [known] = runOf(leakReport, [{ fingerprint, reason: 'A cache' }]).results;
    assert.equal(known.suppressions?.[0].justification, 'A cache');
    assert.equal(result.suppressions, undefined);
  });

  it('shortens no chain that tools can show, and every one that they cannot', () => {
    const [finding] = linkedListReport.findings;
    const step = { edge: '.next', className: 'Node', objectId: 1 };
    const site = { file: 'a.js', line: 1, column: 1 };
    const path = Array.from({ length: 3000 }, () => ({ ...step, site }));
    const [long] = runOf({ ...linkedListReport, findings: [{ ...finding, path }] }).results;
    assert.equal(long.codeFlows[0].threadFlows[0].locations.length, 1000);
  });

  it('makes no link, placeholder or foreign address of hostile text', () => {
    const [hostile] = runOf(hostileReport).results;
    assert.doesNotMatch(hostile.message.text, /(?<!\\)\[|(?<!\})\}(?!\})|(?<!\{)\{(?!\{)/);
    const { uri } = hostile.locations[0].physicalLocation.artifactLocation;
    assert.match(uri, /^[\w%./~!'()*-]+$/);
  });

  it('keeps to relative addresses, and says whole ones of what lies elsewhere', () => {
    const [finding] = leakReport.findings;
    const uriOf = (file: string) => {
      const sites = [{ ...finding.sites[0], file }];
      const one = runOf({ ...leakReport, findings: [{ ...finding, sites }] }).results[0];
      return one.locations[0].physicalLocation.artifactLocation;
    };
    assert.deepEqual(uriOf('a b/ü#1.ts'), { uri: 'a%20b/%C3%BC%231.ts', uriBaseId: '%SRCROOT%' });
    assert.deepEqual(uriOf('/app/x.js'), { uri: 'file:///app/x.js' });
    assert.deepEqual(uriOf('C:/app/x.js'), { uri: 'file:///C:/app/x.js' });
    assert.deepEqual(uriOf('webpack://shop/x.js'), { uri: 'webpack://shop/x.js' });
  });
});
