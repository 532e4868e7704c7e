import type { Finding, LeakReport, LeakShape, PathStep, Site } from '../leaks/leakReport';
import { harmlessJson } from './harmlessJson';
import type { KnownFinding } from './knownFindings';
import { plainText } from './plainText';
import { uriOf } from './relativeUri';
import { reviewFindings, reviewLevel, type ReviewedFinding } from './reviewedFinding';
import { SHAPE_GUIDES } from './shapeGuide';
import { chainLines, growthSummary, ROLE_LABELS } from './wording';

export interface SarifOptions {
  /** Of Leakline. */
  readonly version: string;
  /** Entries of the `.leakline.json` in the report's root: they suppress their findings. */
  readonly known?: readonly KnownFinding[];
}

/** What relative URIs are relative to; GitHub and GitLab take it for the root of the repository. */
const ROOT = '%SRCROOT%';
/** GitHub shows the first 1,000 steps of a flow. */
const MAX_STEPS = 1_000;
const MAX_MESSAGE = 1_000;
const MAX_SNIPPET = 300;

const SHAPES = Object.keys(SHAPE_GUIDES) as LeakShape[];

/**
 * The report as SARIF 2.1.0 (OASIS), within the limits of GitHub code scanning: a rule for each leak
 * shape, a result for each finding that has a source line, the others as notifications. Neither
 * fingerprints nor anything else that tools compare contains object ids.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: LeakReport, { version, known = [] }: SarifOptions): string {
  const reviewed = reviewFindings(report, known);
  const notes = [
    ...(report.headline === undefined ? [] : [report.headline]),
    ...report.notices,
    ...reviewed.filter(({ site }) => !site).map(({ finding }) => siteless(finding)),
  ];
  return harmlessJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Leakline',
            fullName: `Leakline ${version}`,
            semanticVersion: version,
            rules: SHAPES.map(ruleOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          [ROOT]: { description: { text: 'The root of the sources that were run.' } },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notes.map((text) => ({
              level: 'note',
              message: message(text),
            })),
          },
        ],
        results: reviewed.flatMap(resultOf),
        properties: {
          verdict: report.verdict,
          rounds: report.rounds,
          heapBytes: report.heapBytes,
        },
      },
    ],
  });
}

/** How SARIF names a rule: the shape of the leak. */
function ruleId(shape: LeakShape): string {
  return `leak-${shape}`;
}

function ruleOf(shape: LeakShape) {
  const { name, title, symptom, fix } = SHAPE_GUIDES[shape];
  return {
    id: ruleId(shape),
    name,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: symptom },
    help: {
      text: `${symptom} ${fix}`,
      markdown: `**${title}.** ${symptom}\n\n**How to fix it:** ${fix}`,
    },
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['memory-leak', 'performance', 'reliability'] },
  };
}

function resultOf({ finding, fingerprint, site, known }: ReviewedFinding) {
  if (!site) return [];
  const [, ...others] = finding.sites;
  const flow = finding.path.flatMap(flowStep).slice(0, MAX_STEPS);
  const { shape, confidence, countPerRound, retainedBytesPerRound } = finding;
  const result = {
    ruleId: ruleId(shape),
    ruleIndex: SHAPES.indexOf(shape),
    level: reviewLevel(finding),
    rank: Math.round(confidence * 1000) / 10,
    message: message(`${finding.title}: ${growthSummary(finding)}. ${finding.fix}`),
    locations: [{ physicalLocation: placeOf(site, site.text) }],
    ...(others.length > 0 && { relatedLocations: others.map(relatedLocation) }),
    ...(flow.length > 0 && { codeFlows: [{ threadFlows: [{ locations: flow }] }] }),
    partialFingerprints: {
      'leaklineFinding/v1': fingerprint,
      // What GitHub tells alerts apart by: ours survives moved lines.
      primaryLocationLineHash: fingerprint,
    },
    ...(known && { suppressions: [suppressionOf(known)] }),
    properties: {
      className: finding.className,
      ...(finding.container !== undefined && { container: finding.container }),
      confidence,
      countPerRound,
      retainedBytesPerRound,
      evidence: finding.evidence,
      retainingChain: chainLines(finding.path),
    },
  };
  return [result];
}

function suppressionOf({ reason, author, date }: KnownFinding) {
  return {
    kind: 'external',
    status: 'accepted',
    justification: plainText(reason, MAX_MESSAGE),
    properties: { ...(author !== undefined && { author }), ...(date !== undefined && { date }) },
  };
}

function relatedLocation(site: Site, index: number) {
  const text = `${ROLE_LABELS[site.role]}: ${site.text}`;
  return {
    id: index + 1,
    physicalLocation: placeOf(site, site.text),
    message: message(text),
  };
}

/** Tools show the steps that have a line; the whole chain is among the properties. */
function flowStep({ edge, className, site }: PathStep) {
  if (!site) return [];
  const location = { physicalLocation: placeOf(site), message: message(`${edge} ${className}`) };
  return [{ location }];
}

function placeOf({ file, line, column }: Omit<Site, 'role' | 'text' | 'generated'>, text = '') {
  const uri = uriOf(file);
  const isRelative = !/^[a-z][a-z0-9+.-]+:/i.test(uri);
  return {
    artifactLocation: { uri, ...(isRelative && { uriBaseId: ROOT }) },
    region: {
      startLine: line,
      startColumn: column,
      ...(text !== '' && { snippet: { text: plainText(text, MAX_SNIPPET) } }),
    },
  };
}

function siteless({ title }: Finding): string {
  return `${title}. No source line was found for it.`;
}

/**
 * Text for people in which nothing is a placeholder or a link (SARIF 3.11.5 and 3.11.6): there, braces
 * are doubled and brackets have a backslash.
 */
function message(text: string): { text: string } {
  const plain = plainText(text.trim(), MAX_MESSAGE);
  return { text: plain.replace(/[[\]\\]/g, '\\$&').replace(/[{}]/g, '$&$&') };
}
