import type { LeakReport } from '../leaks/leakReport';
import { harmlessJson } from './harmlessJson';
import type { KnownFinding } from './knownFindings';
import { plainText } from './plainText';
import { reviewFindings, reviewLevel, type ReviewLevel } from './reviewedFinding';
import { growthSummary } from './wording';

const MAX_MESSAGE = 1_000;

const SEVERITIES: Readonly<Record<ReviewLevel, string>> = {
  error: 'critical',
  warning: 'major',
  note: 'info',
};

/**
 * The report as GitLab's code quality JSON, for a merge request's diff. It takes findings with a line
 * only; those that are known are left out, as GitLab knows no suppression.
 * https://docs.gitlab.com/ci/testing/code_quality/
 */
export function renderCodeQuality(report: LeakReport, known: readonly KnownFinding[] = []): string {
  const issues = reviewFindings(report, known).flatMap(
    ({ finding, fingerprint, site, known: entry }) => {
      if (!site || entry) return [];
      const text = `${finding.title}: ${growthSummary(finding)}. ${finding.fix}`;
      return [
        {
          description: plainText(text, MAX_MESSAGE),
          check_name: `leak-${finding.shape}`,
          fingerprint,
          severity: SEVERITIES[reviewLevel(finding)],
          location: { path: site.file, lines: { begin: site.line } },
        },
      ];
    },
  );
  return harmlessJson(issues);
}
