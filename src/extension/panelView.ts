import type {
  PanelPlace,
  PanelResult,
  PanelRetainerPage,
  PanelRetainerRow,
  PanelRetainersRequest,
} from '../webview/panelContract';
import type { RetainerRow } from '../analysis/contract';
import type { SuspectStep } from '../leaks/leakAnalysis';
import type { PathStep } from '../leaks/leakReport';
import { LeaklineError } from '../base/errors';
import { position0 } from '../base/position';
import type { OpenResult } from './currentResult';
import { placeLabel } from './places';

/** Rows that one message to the panel may carry. */
const PAGE_LIMIT = 200;

/** What the panel shows of a result. A finding has the path of the suspect that it was made of. */
export function panelResult({ id, report, analysis }: OpenResult): PanelResult {
  const nodes = report.findings.map(({ path }) => {
    const suspect = analysis.suspects.find((candidate) => isSamePath(candidate.path, path));
    return path.map((_, step) => suspect?.path[step]?.node);
  });
  return { id, report, nodes };
}

function isSamePath(path: readonly SuspectStep[], other: readonly PathStep[]): boolean {
  const sameStep = ({ objectId }: SuspectStep, index: number) =>
    other[index]?.objectId === objectId;
  return path.length === other.length && path.every(sameStep);
}

/**
 * A page of retainers, each with its place in source if it has one.
 * @throws LeaklineError `usage` for a result that is not open any more, or a page that is none.
 */
export async function panelRetainers(
  result: OpenResult | undefined,
  { resultId, node, offset, count }: PanelRetainersRequest,
): Promise<PanelRetainerPage> {
  if (result?.id !== resultId) {
    throw new LeaklineError('usage', 'These retainers belong to an earlier result.');
  }
  if (![node, offset, count].every(isOrdinal) || count > PAGE_LIMIT) {
    throw new LeaklineError('usage', 'This is no page of retainers.');
  }
  const { total, rows } = await result.investigation.retainers({ node, offset, count });
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
