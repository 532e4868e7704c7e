import type { LeakReport } from '../leaks/leakReport';
import type { KnownFinding } from './knownFindings';
import { plainText } from './plainText';
import { reviewFindings, reviewLevel, type ReviewLevel } from './reviewedFinding';
import { growthSummary } from './wording';

/** GitHub cuts what is longer. */
const MAX_MESSAGE = 4_000;

const COMMANDS: Readonly<Record<ReviewLevel, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/**
 * Workflow commands of GitHub Actions, one line each, which become annotations at the lines of the
 * diff. Findings that are known and those that may only be filling up are told, not flagged.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderAnnotations(report: LeakReport, known: readonly KnownFinding[] = []): string {
  const lines = reviewFindings(report, known).map(({ finding, site, known: entry }) => {
    const command = entry ? 'notice' : COMMANDS[reviewLevel(finding)];
    const place = site
      ? { file: site.file, line: String(site.line), col: String(site.column) }
      : {};
    const decided = entry ? ` Known: ${entry.reason}` : '';
    const text = `${finding.title}: ${growthSummary(finding)}. ${finding.fix}${decided}`;
    return commandLine(command, { ...place, title: 'Memory leak' }, text);
  });
  const notices = report.notices.map((notice) =>
    commandLine('notice', { title: 'Leakline' }, notice),
  );
  return [...lines, ...notices].map((line) => `${line}\n`).join('');
}

function commandLine(
  command: string,
  properties: Readonly<Record<string, string>>,
  text: string,
): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${command} ${list.join(',')}::${data(plainText(text, MAX_MESSAGE))}`;
}

/** What the runner takes for the end of a message, or for an escape. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(value: string): string {
  return data(plainText(value)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
