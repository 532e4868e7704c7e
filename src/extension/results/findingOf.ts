import * as l10n from '@vscode/l10n';
import { LeaklineError } from '../../base/errors';
import type { Finding } from '../../leaks/leakReport';
import type { FindingArgument } from '../commands';
import type { CurrentResult, OpenResult } from './currentResult';

/**
 * The finding of the current result that a command is about.
 * @throws LeaklineError `usage` if it is not there (any more).
 */
export function findingOf(
  results: CurrentResult,
  argument: FindingArgument,
): { root: string; finding: Finding } {
  const result = results.value;
  const finding = result && findingRanked(result, argument?.rank);
  if (!result || !finding) {
    throw new LeaklineError(
      'usage',
      l10n.t('This finding is no longer there.'),
      l10n.t('The result may have been replaced by a later one.'),
    );
  }
  return { root: result.root, finding };
}

/** The finding of a rank, even if it is ignored; undefined if there is none. */
export function findingRanked(
  { wholeReport }: OpenResult,
  wanted: number | undefined,
): Finding | undefined {
  return wholeReport.findings.find(({ rank }) => rank === wanted);
}
