import path from 'node:path';
import { position0 } from '../../base/position';
import type { SourcePlace } from '../../investigation/investigation';
import type { StepSite } from '../../leaks/leakReport';
import { relativeToRoot } from '../../source/pathMapping';
import type { PlaceReference } from '../../webview/panelContract';
import type { OpenResult } from './currentResult';
import { findingRanked } from './findingOf';

/** An absolute place from one of a report, whose file is relative to the root or absolute. */
export function absolutePlace(
  root: string,
  { file, line, column, unmapped }: StepSite,
): SourcePlace {
  return { file: path.resolve(root, file), line, column, ...(unmapped && { unmapped }) };
}

/** For people: the file relative to the root if it lies in it, and the line. */
export function placeLabel(root: string, { file, line }: SourcePlace): string {
  return `${relativeToRoot(root, file)}:${line}`;
}

/**
 * Where a reference leads in a result, as its files are now; undefined if nowhere, or if it is of
 * another result.
 */
export async function resolvePlace(
  result: OpenResult,
  reference: PlaceReference,
): Promise<SourcePlace | undefined> {
  if (reference.resultId !== result.id) return undefined;
  if (reference.kind === 'code') {
    const { scriptId, line, column } = reference;
    return result.investigation.locate({ scriptId, position: position0(line, column) });
  }
  const finding = findingRanked(result, reference.rank);
  const place =
    reference.kind === 'site'
      ? finding?.sites[reference.index]
      : finding?.path[reference.index]?.site;
  if (!place) return undefined;
  const at = absolutePlace(result.root, place);
  return at.unmapped ? at : result.places.now(at);
}
