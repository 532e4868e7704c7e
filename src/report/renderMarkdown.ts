import type { Finding, LeakReport, Site } from '../leaks/leakReport';
import { plainText } from './plainText';
import {
  chainLines,
  confidencePercent,
  growthSummary,
  placeText,
  roleText,
  runSummary,
  verdictTitle,
} from './wording';

const MAX_SOURCE_LINE = 200;

/**
 * The report as GitHub-flavoured Markdown, for a pull request comment. Target data appears only in
 * code or escaped: it makes no markup, HTML, link, mention or issue reference.
 */
export function renderMarkdown(report: LeakReport): string {
  const blocks = [
    `## Leakline: ${verdictTitle(report)}`,
    runSummary(report),
    ...(report.headline === undefined ? [] : [`**${escapeMarkdown(report.headline)}**`]),
    ...report.findings.flatMap(findingBlocks),
    ...report.notices.map((notice) => `> ${escapeMarkdown(notice)}`),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** One finding alone, as Markdown of the same kind. */
export function renderFindingMarkdown(finding: Finding): string {
  return `${findingBlocks(finding).join('\n\n')}\n`;
}

function findingBlocks(finding: Finding): string[] {
  const [first, ...others] = finding.sites;
  const growth = escapeMarkdown(growthSummary(finding));
  return [
    `### ${finding.rank}. ${escapeMarkdown(finding.title)}`,
    ...(first ? primarySite(first) : ['No source line was found.']),
    `**${growth}** (confidence ${confidencePercent(finding.confidence)})`,
    ...list('Also:', others.map(otherSite)),
    ...list('Evidence:', finding.evidence.map(sentenceMarkdown)),
    ...chain(finding),
    `**How to fix it:** ${sentenceMarkdown(finding.fix)}`,
  ];
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [title, items.map((item) => `- ${item}`).join('\n')];
}

function primarySite(site: Site): string[] {
  const place = `${codeSpan(placeText(site))} (${roleText(site)})`;
  return site.text === '' ? [place] : [place, codeBlock([plainText(site.text, MAX_SOURCE_LINE)])];
}

function otherSite(site: Site): string {
  const text = plainText(site.text, MAX_SOURCE_LINE);
  const source = text === '' ? '' : `: ${codeSpan(text)}`;
  return `${roleText(site)} ${codeSpan(placeText(site))}${source}`;
}

function chain({ path }: Finding): string[] {
  if (path.length === 0) return [];
  const summary = '<details><summary>Retaining chain</summary>';
  return [summary, codeBlock(chainLines(path)), '</details>'];
}

/** A code span whose fence is longer than any run of backticks in it (CommonMark 6.1). */
function codeSpan(text: string): string {
  const fence = fenceFor(text, 1);
  const padding = fence.length > 1 || text.startsWith(' ') ? ' ' : '';
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** Lines as a fenced block, whatever they are. @param language As highlighters know it. */
export function codeBlock(lines: readonly string[], language = ''): string {
  const fence = fenceFor(lines.join('\n'), 3);
  return [fence + language, ...lines, fence].join('\n');
}

function fenceFor(text: string, shortest: number): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length + 1);
  return '`'.repeat(Math.max(shortest, ...runs));
}

/**
 * A sentence of ours as Markdown: what it has in backticks becomes code, and all else is only text,
 * as names of the target stand in it.
 */
export function sentenceMarkdown(sentence: string): string {
  return plainText(sentence)
    .split(/(?<!`)`([^`]+)`(?!`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : escapeMarkdown(part)))
    .join('');
}

/**
 * Text from the target as Markdown that shows just that text. GitHub finds mentions, e-mail
 * addresses and issue references after it has parsed the Markdown, so a backslash does not stop
 * those; an invisible space does.
 */
export function escapeMarkdown(text: string): string {
  return plainText(text)
    .replace(/[\\`*_[\]<>!|~&:$]/g, '\\$&')
    .replace(/^(\s*)([-+])|^(\s*\d+)([.)])/, '$1$3\\$2$4')
    .replace(/\bwww\./gi, 'www\\.')
    .replace(/[@#]/g, '\\$&\u200b');
}
