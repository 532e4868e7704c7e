import * as l10n from '@vscode/l10n';
import { formatBytes } from '../../base/bytes';
import { codeBlock, escapeMarkdown, sentenceMarkdown } from '../../report/renderMarkdown';
import { chainLines, confidencePercent, growthSummary, runSummary } from '../../report/wording';
import { staleNote } from './findingDiagnostics';
import type { FindingLine } from '../results/findingLines';
import { sparkline } from '../results/growthText';

/**
 * A finding for the hover, as Markdown in which the target's names are only text. What to do comes
 * first: a hover shows some ten lines.
 * @param links Markdown of our own.
 * @param isBelowProblem True where VS Code shows the finding's diagnostic right above: what that says
 *   is not said again.
 */
export function findingHover(
  { finding, result, isStale }: FindingLine,
  links: string,
  isBelowProblem: boolean,
): string {
  const { title, growth, confidence, evidence, fix, path } = finding;
  const unlessAbove = (block: string) => (isBelowProblem ? '' : block);
  const blocks = [
    unlessAbove(`**${escapeMarkdown(title)}**`),
    unlessAbove(isStale ? `*${escapeMarkdown(staleNote())}*` : ''),
    growthLine(growth.bytes),
    l10n.t(
      '{0} (confidence {1}; measured over {2})',
      escapeMarkdown(growthSummary(finding)),
      confidencePercent(confidence),
      escapeMarkdown(runSummary(result.report)),
    ),
    unlessAbove(`**${l10n.t('How to fix it:')}** ${sentenceMarkdown(fix)}`),
    links,
    evidence.map((sentence) => `- ${sentenceMarkdown(sentence)}`).join('\n'),
    path.length === 0 ? '' : codeBlock(chainLines(path), 'text'),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** What had piled up at each snapshot. */
function growthLine(bytes: readonly number[]): string {
  const last = bytes.at(-1);
  if (last === undefined) return '';
  return `\`${sparkline(bytes)}\` ${l10n.t('{0} since the baseline', formatBytes(last))}`;
}
