import type { Event } from '../../base/event';
import type { Finding, LeakReport } from '../../leaks/leakReport';

/** Which findings are ignored: what is needed of KnownFindings here. */
export interface IgnoredFindings {
  readonly onDidChange: Event<void>;
  /** Undefined for a finding that is not ignored. */
  entryOf(root: string, finding: Finding): unknown;
}

/** A report that leaves out what is ignored, and what that is. */
export interface OpenReport {
  readonly report: LeakReport;
  readonly ignored: readonly Finding[];
}

/** A report whose leaks are all ignored is clean: nothing is left to do about it. */
export function withoutIgnored(
  report: LeakReport,
  isIgnored: (finding: Finding) => boolean,
): OpenReport {
  const ignored = report.findings.filter(isIgnored);
  const findings = report.findings.filter((finding) => !ignored.includes(finding));
  const isSettled = report.verdict === 'leak' && findings.length === 0;
  return {
    report: { ...report, findings, ...(isSettled && { verdict: 'clean' }) },
    ignored,
  };
}
