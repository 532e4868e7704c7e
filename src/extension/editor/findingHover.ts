import { formatBytes } from '../../base/bytes';
import { codeBlock, escapeMarkdown } from '../../report/renderMarkdown';
import { chainLines, confidencePercent, growthSummary, runSummary } from '../../report/wording';
import { STALE } from './findingDiagnostics';
import type { FindingLine } from '../results/findingLines';
import { sparkline } from '../results/growthText';

/**
 * A finding for the hover, as Markdown in which the target's names are only text. What to do comes
 * first: a hover shows some ten lines.
 * @param links Markdown of our own.
 */
export function findingHover({ finding, result, isStale }: FindingLine, links: string): string {
  const { title, growth, confidence, evidence, fix, path } = finding;
  const blocks = [
    `**${escapeMarkdown(title)}**`,
    isStale ? `*${escapeMarkdown(STALE)}*` : '',
    growthLine(growth.bytes),
    `${escapeMarkdown(growthSummary(finding))} (confidence ${confidencePercent(confidence)}; ` +
      `measured over ${escapeMarkdown(runSummary(result.report))})`,
    `**How to fix it:** ${escapeMarkdown(fix)}`,
    links,
    evidence.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n'),
    path.length === 0 ? '' : codeBlock(chainLines(path), 'text'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** What had piled up at each snapshot. */
function growthLine(bytes: readonly number[]): string {
  const last = bytes.at(-1);
  if (last === undefined) return '';
  return `\`${sparkline(bytes)}\` ${formatBytes(last)} since the baseline`;
}
