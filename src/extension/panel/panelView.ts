import * as l10n from '@vscode/l10n';
import path from 'node:path';
import type {
  PanelPlace,
  PanelResult,
  PanelRetainerPage,
  PanelRetainerRow,
  PanelRetainersRequest,
} from '../../webview/panelContract';
import type { RetainerRow } from '../../analysis/contract';
import type { SuspectStep } from '../../leaks/leakAnalysis';
import type { PathStep } from '../../leaks/leakReport';
import { LeaklineError } from '../../base/errors';
import { position0 } from '../../base/position';
import type { OpenResult } from '../results/currentResult';
import { stepsInsideNode } from '../../report/wording';
import { placeLabel } from '../results/places';

/** Rows that one message to the panel may carry. */
const PAGE_LIMIT = 200;

/** Which finding of which heap was chosen to be shown. */
export interface PanelSelection {
  /** As in PanelResult. */
  readonly heap: string;
  readonly rank: number;
}

/** What was selected when a panel saved `state`, which another version may have done. */
export function readSelection(state: unknown): PanelSelection | undefined {
  const { heap, rank } = (state ?? {}) as Partial<PanelSelection>;
  return typeof heap === 'string' && typeof rank === 'number' ? { heap, rank } : undefined;
}

/** What the panel shows of a result. A finding has the path of the suspect that it was made of. */
export function panelResult({ id, report, ignored, analysis, snapshots }: OpenResult): PanelResult {
  const nodes = report.findings.map(({ path: steps }) => {
    const suspect = analysis.suspects.find((candidate) => isSamePath(candidate.path, steps));
    return steps.map((_, step) => suspect?.path[step]?.node);
  });
  return {
    ...{ id, report, nodes, ignored: ignored.length },
    heap: path.basename(snapshots.at(-1) ?? ''),
    stepsInsideNode: report.findings.map((finding) => stepsInsideNode(finding.path)),
  };
}

function isSamePath(steps: readonly SuspectStep[], other: readonly PathStep[]): boolean {
  const sameStep = ({ objectId }: SuspectStep, index: number) =>
    other[index]?.objectId === objectId;
  return steps.length === other.length && steps.every(sameStep);
}

/**
 * A page of retainers, each with its place in source if it has one.
 * @throws LeaklineError `usage` for a result that is not open any more, or a page that is none.
 */
export async function panelRetainers(
  result: OpenResult | undefined,
  { resultId, node, offset, count, filter }: PanelRetainersRequest,
): Promise<PanelRetainerPage> {
  if (result?.id !== resultId) {
    throw new LeaklineError('usage', l10n.t('These retainers belong to an earlier result.'));
  }
  const isPage = [node, offset, count].every(isOrdinal) && count <= PAGE_LIMIT;
  if (!isPage || typeof filter !== 'string') {
    throw new LeaklineError('usage', l10n.t('This is no page of retainers.'));
  }
  const { total, rows } = await result.investigation.retainers({ node, offset, count, filter });
  return { total, rows: await Promise.all(rows.map((row) => panelRow(result, row))) };
}

async function panelRow(result: OpenResult, row: RetainerRow): Promise<PanelRetainerRow> {
  const { node, edge, className, objectId, shallowBytes, retainedBytes, expandable } = row;
  const place = await rowPlace(result, row);
  return {
    ...{ node, edge, className, objectId, shallowBytes, retainedBytes, expandable },
    ...(place && { place }),
  };
}

async function rowPlace(
  result: OpenResult,
  { code }: RetainerRow,
): Promise<PanelPlace | undefined> {
  if (!code) return undefined;
  const { scriptId, line, column } = code;
  const place = await result.investigation.locate({ scriptId, position: position0(line, column) });
  return (
    place && {
      label: placeLabel(result.root, place),
      reference: { kind: 'code', resultId: result.id, scriptId, line, column },
    }
  );
}

function isOrdinal(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
