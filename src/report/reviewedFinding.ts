import type { Finding, LeakReport, Site } from '../leaks/leakReport';
import { fingerprintOf } from './fingerprint';
import type { KnownFinding } from './knownFindings';

/** A finding, and what a team has decided about it. */
export interface ReviewedFinding {
  readonly finding: Finding;
  readonly fingerprint: string;
  /** The line to look at first; undefined if no source was found. */
  readonly site: Site | undefined;
  /** There if it is to be lived with. */
  readonly known: KnownFinding | undefined;
}

/** The findings of a report. @param known Entries of the `.leakline.json` in the report's root. */
export function reviewFindings(
  { findings }: LeakReport,
  known: readonly KnownFinding[],
): ReviewedFinding[] {
  const decisions = new Map(known.map((entry) => [entry.fingerprint, entry]));
  return findings.map((finding) => {
    const [site] = finding.sites;
    const fingerprint = fingerprintOf(finding, site?.file ?? '');
    return { finding, fingerprint, site, known: decisions.get(fingerprint) };
  });
}

/** How much a finding matters, as code scanning tools name it. */
export type ReviewLevel = 'error' | 'warning' | 'note';

/** From here on a finding is sure enough to stop a merge. */
const SURE = 0.8;
const LIKELY = 0.5;

export function reviewLevel({ confidence, bounded }: Finding): ReviewLevel {
  if (bounded || confidence < LIKELY) return 'note';
  return confidence < SURE ? 'warning' : 'error';
}
