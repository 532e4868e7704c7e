import * as l10n from '@vscode/l10n';
import type { Finding, LeakReport, PathStep, Site, SiteRole } from '../../leaks/leakReport';
import type { KnownFinding } from '../../report/knownFindings';
import { plainText } from '../../report/plainText';
import { confidencePercent, stepsInsideNode } from '../../report/wording';
import type { PlaceReference } from '../../webview/panelContract';
import { growthText } from '../results/growthText';
import type { OpenReport } from '../results/ignoredFindings';
import type { RowClick, RowIcon, TreeRow } from './treeRow';

export const GROUPINGS = ['file', 'class', 'confidence'] as const;
/** What findings are put together by. */
export type Grouping = (typeof GROUPINGS)[number];

/** The row of a finding; others have no rank. */
export interface FindingRow extends TreeRow {
  readonly rank?: number;
}

export interface FindingRowOptions {
  readonly grouping: Grouping;
  /** Words that a finding must have; all if empty. */
  readonly filter: string;
  /** Why a finding is ignored, as it is known. */
  readonly knownAs: (finding: Finding) => KnownFinding | undefined;
}

const WARNING: RowIcon = { id: 'warning', color: 'list.warningForeground' };
const UNSURE: RowIcon = { id: 'question', color: 'list.warningForeground' };
const INFO: RowIcon = { id: 'info', color: 'notificationsInfoIcon.foreground' };
const IGNORED: RowIcon = { id: 'circle-slash', color: 'disabledForeground' };
const PASS: RowIcon = { id: 'pass', color: 'testing.iconPassed' };
const GROUP_ICONS: Readonly<Record<Grouping, RowIcon>> = {
  file: { id: 'file-code' },
  class: { id: 'symbol-class' },
  confidence: { id: 'graph' },
};

/** Finding leaks at least this sure of is called so. */
const HIGH_CONFIDENCE = 0.8;
const MEDIUM_CONFIDENCE = 0.5;

/** The rows of a result: what to know first, then the findings in groups, what is ignored last. */
export function findingRows(
  { id, report, ignored }: OpenReport & { readonly id: number },
  { grouping, filter, knownAs }: FindingRowOptions,
): FindingRow[] {
  const shown = report.findings.filter((finding) => matchesFilter(finding, filter));
  const groups = new Map<string, Finding[]>();
  for (const finding of shown) {
    const name = groupName(finding, grouping);
    groups.set(name, [...(groups.get(name) ?? []), finding]);
  }
  const rows = [...groups].map(([name, findings]) =>
    groupRow(
      `result${id}/${grouping}:${name}`,
      GROUP_ICONS[grouping],
      name,
      findings.map((finding) => findingRow(id, finding)),
    ),
  );
  return [
    ...headlineRows(id, report),
    ...(rows.length > 0 ? rows : [noneRow(id, report)]),
    ...ignoredRows(
      id,
      ignored.filter((finding) => matchesFilter(finding, filter)),
      knownAs,
    ),
  ];
}

/** True if each word of the filter is somewhere in what is said of a finding. */
export function matchesFilter(finding: Finding, filter: string): boolean {
  const { title, className, shape, sites } = finding;
  const text = [title, className, shape, ...sites.flatMap((site) => [site.file, site.text])]
    .join('\n')
    .toLowerCase();
  const words = filter.toLowerCase().split(/\s+/);
  return words.every((word) => text.includes(word));
}

function groupName(finding: Finding, grouping: Grouping): string {
  if (grouping === 'class') return finding.className;
  if (grouping === 'file') return finding.sites[0]?.file ?? l10n.t('No source line');
  if (finding.confidence >= HIGH_CONFIDENCE) return l10n.t('High confidence');
  return finding.confidence >= MEDIUM_CONFIDENCE
    ? l10n.t('Medium confidence')
    : l10n.t('Low confidence');
}

function groupRow(
  id: string,
  icon: RowIcon,
  name: string,
  children: readonly FindingRow[],
): FindingRow {
  const label = plainText(name, 200);
  return { id, kind: 'group', label, description: String(children.length), icon, children };
}

/** One row that holds them, closed: they have been dealt with. */
function ignoredRows(
  resultId: number,
  findings: readonly Finding[],
  knownAs: FindingRowOptions['knownAs'],
): FindingRow[] {
  if (findings.length === 0) return [];
  const children = findings.map((finding) => {
    const row = findingRow(resultId, finding);
    const known = knownAs(finding);
    return known ? ignoredRow(row, known) : row;
  });
  const label = l10n.t('{0} ignored', findings.length);
  const id = `result${resultId}/ignored`;
  return [{ id, kind: 'group', label, icon: IGNORED, collapsed: true, children }];
}

/** The same row, with the reason in the place of the growth. */
function ignoredRow(row: FindingRow, { reason, author, date }: KnownFinding): FindingRow {
  const by = [author, date].filter((part) => part !== undefined).join(', ');
  const description = l10n.t('ignored: {0}', plainText(reason, 200));
  return {
    ...row,
    id: `${row.id}/ignored`,
    kind: 'ignoredFinding',
    collapsed: true,
    description,
    tooltip: `${description}${by && ` (${plainText(by)})`}\n${row.tooltip}`,
    icon: IGNORED,
  };
}

function noneRow(resultId: number, { findings, verdict }: LeakReport): FindingRow {
  const label =
    findings.length > 0
      ? l10n.t('No finding matches the filter')
      : verdict === 'clean'
        ? l10n.t('No leak found')
        : l10n.t('Nothing certain found');
  const icon = findings.length > 0 ? { id: 'filter' } : PASS;
  return { id: `result${resultId}/none`, kind: 'clean', label, icon };
}

function headlineRows(resultId: number, { headline, notices }: LeakReport): FindingRow[] {
  const texts = headline === undefined ? notices : [headline, ...notices];
  return texts.map((text, index) => ({
    id: `result${resultId}/headline${index}`,
    kind: 'headline',
    label: plainText(text),
    icon: INFO,
  }));
}

function findingRow(resultId: number, finding: Finding): FindingRow {
  const { rank, title, confidence, sites } = finding;
  const id = `result${resultId}/finding${rank}`;
  const confident = l10n.t('Confidence {0}', confidencePercent(confidence));
  return {
    id,
    kind: 'finding',
    label: plainText(title).replaceAll('`', ''),
    description: growthText(finding),
    tooltip: [title, ...finding.evidence, confident, finding.fix]
      .map((line) => plainText(line))
      .join('\n'),
    icon: confidence >= MEDIUM_CONFIDENCE ? WARNING : UNSURE,
    rank,
    click:
      sites.length > 0
        ? openPlace({ kind: 'site', resultId, rank, index: 0 })
        : {
            command: 'leakline.showRetainers',
            title: l10n.t('Show Retainers'),
            argument: { rank },
          },
    children: [
      ...sites.map((site, index) => siteRow(`${id}/site${index}`, site, resultId, rank, index)),
      ...stepRows(id, resultId, finding),
    ],
  };
}

function siteRow(
  id: string,
  site: Site,
  resultId: number,
  rank: number,
  index: number,
): FindingRow {
  return {
    id,
    kind: 'site',
    label: siteLabel(site.role, placeText(site)),
    description: site.unmapped
      ? l10n.t('no such file here: {0}', plainText(site.text, 200))
      : plainText(site.text, 200),
    icon: { id: site.unmapped ? 'question' : 'go-to-file' },
    click: openPlace({ kind: 'site', resultId, rank, index }),
  };
}

function siteLabel(role: SiteRole, place: string): string {
  switch (role) {
    case 'growth':
      return l10n.t('added at {0}', place);
    case 'retention':
      return l10n.t('kept by {0}', place);
    case 'registration':
      return l10n.t('registered at {0}', place);
    case 'allocation':
      return l10n.t('made at {0}', place);
    case 'removal':
      return l10n.t('removed at {0}', place);
    case 'caller':
      return l10n.t('called from {0}', place);
  }
}

/** The retaining path, with its beginning inside Node.js folded. */
function stepRows(id: string, resultId: number, { rank, path }: Finding): FindingRow[] {
  const rows = path.map((step, index) =>
    stepRow(`${id}/step${index}`, step, resultId, rank, index),
  );
  const inside = stepsInsideNode(path);
  if (inside === 0) return rows;
  const folded: FindingRow = {
    id: `${id}/insideNode`,
    kind: 'insideNode',
    label: l10n.t('{0} steps inside Node.js', inside),
    icon: { id: 'fold' },
    collapsed: true,
    children: rows.slice(0, inside),
  };
  return [folded, ...rows.slice(inside)];
}

function stepRow(
  id: string,
  { edge, className, site }: PathStep,
  resultId: number,
  rank: number,
  index: number,
): FindingRow {
  const label = edge === '' ? className : `${edge} → ${className}`;
  return {
    id,
    kind: 'step',
    label: plainText(label, 200),
    icon: { id: 'arrow-down' },
    ...(site && {
      description: placeText(site),
      click: openPlace({ kind: 'step', resultId, rank, index }),
    }),
  };
}

function openPlace(argument: PlaceReference): RowClick {
  return { command: 'leakline.openPlace', title: l10n.t('Open Line'), argument };
}

function placeText({ file, line }: { file: string; line: number }): string {
  return `${plainText(file)}:${line}`;
}
