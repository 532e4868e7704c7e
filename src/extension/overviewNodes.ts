import { formatBytes } from '../base/bytes';
import type { StoredSnapshot } from '../investigation/snapshotStore';
import type { Finding, LeakReport, PathStep, Site } from '../leaks/leakReport';
import type { KnownFinding } from '../report/knownFindings';
import { plainText } from '../report/plainText';
import { ROLE_LABELS, runSummary } from '../report/wording';
import { growthText } from './growthText';
import type { WaitingStep } from './manualExercise';
import type { PlaceReference } from '../webview/panelContract';

/** What the view shows, as plain data. */
export interface Overview {
  readonly attached: { readonly title: string; readonly address: string } | undefined;
  /** The exercise that a guided run waits for. */
  readonly waitingFor: Pick<WaitingStep, 'title' | 'reason'> | undefined;
  readonly result: { readonly id: number; readonly report: LeakReport } | undefined;
  /** Why findings are ignored, by their rank. */
  readonly ignored: ReadonlyMap<number, KnownFinding>;
  /** Oldest first. */
  readonly snapshots: readonly StoredSnapshot[];
}

/** A row of the view, without a host. Its text is plain: names come from the target. */
export interface OverviewNode {
  /** Stable while it stands for the same thing, so that VS Code keeps it open or selected. */
  readonly id: string;
  readonly kind: OverviewKind;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly children?: readonly OverviewNode[];
  /** Where a click leads. */
  readonly place?: PlaceReference;
  /** Of the finding that this row is. */
  readonly rank?: number;
}

export type OverviewKind =
  | 'attached'
  | 'detached'
  | 'waiting'
  | 'findings'
  | 'headline'
  | 'finding'
  | 'ignoredFinding'
  | 'clean'
  | 'site'
  | 'step'
  | 'snapshots'
  | 'snapshot';

/** The rows of the view; none if there is nothing to show but its welcome. */
export function overviewNodes({
  attached,
  waitingFor,
  result,
  ignored,
  snapshots,
}: Overview): OverviewNode[] {
  const nodes: OverviewNode[] = [];
  if (waitingFor !== undefined) nodes.push(waitingNode(waitingFor));
  if (result) nodes.push(findingsNode(result.id, result.report, ignored));
  if (snapshots.length > 0) nodes.push(snapshotsNode(snapshots));
  if (attached) nodes.unshift(attachedNode(attached));
  else if (nodes.length > 0) {
    nodes.unshift({ id: 'connection', kind: 'detached', label: 'Not attached' });
  }
  return nodes;
}

function attachedNode({ title, address }: { title: string; address: string }): OverviewNode {
  return {
    id: 'connection',
    kind: 'attached',
    label: plainText(programName(title), 200),
    description: address,
    tooltip: `Attached to ${plainText(title)} at ${address}`,
  };
}

/** Node.js names a target by the path of its script. */
function programName(title: string): string {
  return title.split(/[\\/]/).at(-1) || title;
}

function waitingNode({ title, reason }: Pick<WaitingStep, 'title' | 'reason'>): OverviewNode {
  const click = 'Click when you have exercised the program.';
  return {
    id: 'waiting',
    kind: 'waiting',
    label: title,
    description: 'exercise the program, then click here',
    tooltip: reason ? `${click} ${reason}` : click,
  };
}

function findingsNode(
  resultId: number,
  report: LeakReport,
  ignored: Overview['ignored'],
): OverviewNode {
  const findings = report.findings.map((finding) => {
    const node = findingNode(resultId, finding);
    const known = ignored.get(finding.rank);
    return known ? ignoredNode(node, known) : node;
  });
  const none: OverviewNode = {
    id: `result${resultId}/none`,
    kind: 'clean',
    label: report.verdict === 'clean' ? 'No leak found' : 'Nothing certain found',
  };
  return {
    id: 'findings',
    kind: 'findings',
    label: 'Findings',
    description: runSummary(report),
    children: [...headlineNodes(resultId, report), ...(findings.length > 0 ? findings : [none])],
    ...(report.notices.length > 0 && {
      tooltip: report.notices.map((n) => plainText(n)).join('\n'),
    }),
  };
}

function headlineNodes(resultId: number, { headline }: LeakReport): OverviewNode[] {
  if (headline === undefined) return [];
  return [{ id: `result${resultId}/headline`, kind: 'headline', label: plainText(headline) }];
}

function findingNode(resultId: number, finding: Finding): OverviewNode {
  const { rank, title, sites, path } = finding;
  const id = `result${resultId}/finding${rank}`;
  return {
    id,
    kind: 'finding',
    label: plainText(title).replaceAll('`', ''),
    description: growthText(finding),
    tooltip: [title, ...finding.evidence, finding.fix].map((line) => plainText(line)).join('\n'),
    rank,
    children: [
      ...sites.map((site, index) => siteNode(`${id}/site${index}`, site, resultId, rank, index)),
      ...path.map((step, index) => stepNode(`${id}/step${index}`, step, resultId, rank, index)),
    ],
    ...(sites.length > 0 && { place: { kind: 'site', resultId, rank, index: 0 } as const }),
  };
}

/** The same row, with the reason in the place of the growth. */
function ignoredNode(node: OverviewNode, { reason, author, date }: KnownFinding): OverviewNode {
  const by = [author, date].filter((part) => part !== undefined).join(', ');
  const description = `ignored: ${plainText(reason, 200)}`;
  const known = `${description}${by === '' ? '' : ` (${plainText(by)})`}`;
  return {
    ...node,
    id: `${node.id}/ignored`,
    kind: 'ignoredFinding',
    description,
    tooltip: `${known}\n${node.tooltip}`,
  };
}

function siteNode(
  id: string,
  site: Site,
  resultId: number,
  rank: number,
  index: number,
): OverviewNode {
  return {
    id,
    kind: 'site',
    label: `${ROLE_LABELS[site.role]} ${placeText(site)}`,
    description: plainText(site.text, 200),
    place: { kind: 'site', resultId, rank, index },
  };
}

function stepNode(
  id: string,
  { edge, className, site }: PathStep,
  resultId: number,
  rank: number,
  index: number,
): OverviewNode {
  const label = edge === '' ? className : `${edge} → ${className}`;
  return {
    id,
    kind: 'step',
    label: plainText(label, 200),
    ...(site && {
      description: placeText(site),
      place: { kind: 'step', resultId, rank, index } as const,
    }),
  };
}

function snapshotsNode(snapshots: readonly StoredSnapshot[]): OverviewNode {
  const bytes = snapshots.reduce((sum, snapshot) => sum + snapshot.bytes, 0);
  return {
    id: 'snapshots',
    kind: 'snapshots',
    label: 'Snapshots',
    description: `${snapshots.length}, ${formatBytes(bytes)}`,
    children: snapshots.map((snapshot) => ({
      id: `snapshot:${snapshot.path}`,
      kind: 'snapshot',
      label: snapshot.name,
      description: formatBytes(snapshot.bytes),
      tooltip: snapshot.path,
    })),
  };
}

function placeText({ file, line }: { file: string; line: number }): string {
  return `${plainText(file)}:${line}`;
}
