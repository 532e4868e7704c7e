import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { formatCounted } from '../base/bytes';
import { LeaklineError } from '../base/errors';
import type { LeakReport } from '../leaks/leakReport';
import {
  KNOWN_FINDINGS_FILE,
  parseKnownFindings,
  type KnownFinding,
} from '../report/knownFindings';
import { reviewFindings } from '../report/reviewedFinding';

/**
 * What a project has decided to live with, from the `.leakline.json` in its root; none without one.
 * @throws LeaklineError `brokenFile`, or `storage` if it cannot be read
 */
export async function readKnownFindings(root: string): Promise<readonly KnownFinding[]> {
  const file = path.join(root, KNOWN_FINDINGS_FILE);
  try {
    return parseKnownFindings(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    if (error instanceof LeaklineError) throw error;
    const message = `Cannot read ${file}: ${(error as Error).message}.`;
    throw new LeaklineError('storage', message, 'Make it readable.', { cause: error });
  }
}

/** True if each finding of the report is known. What may only be filling up needs no decision. */
export function isAllKnown(report: LeakReport, known: readonly KnownFinding[]): boolean {
  return reviewFindings(report, known).every(
    ({ finding, known: entry }) => entry !== undefined || finding.bounded,
  );
}

/** What to tell about the decisions beside the report; undefined if there is nothing. */
export function knownFindingsNotice(
  report: LeakReport,
  known: readonly KnownFinding[],
): string | undefined {
  const met = new Set(reviewFindings(report, known).flatMap(({ known: entry }) => entry ?? []));
  const stale = known.filter((entry) => !met.has(entry));
  const parts = [
    met.size > 0 && `${formatCounted(met.size, 'finding')} known from ${KNOWN_FINDINGS_FILE}`,
    stale.length > 0 &&
      `not met in this run, perhaps stale in ${KNOWN_FINDINGS_FILE}: ` +
        stale.map(({ title, fingerprint }) => title ?? fingerprint).join(', '),
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : `leakline: ${parts.join('; ')}.`;
}
