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

const WIDTH = 100;
const INDENT = '   ';

type Paint = (text: string) => string;

/** Where colour goes; without colour all are the identity. */
interface Style {
  readonly heading: Paint;
  readonly place: Paint;
  readonly aside: Paint;
}

const PLAIN: Style = { heading: (text) => text, place: (text) => text, aside: (text) => text };
const COLOUR: Style = { heading: sgr(1, 22), place: sgr(36, 39), aside: sgr(2, 22) };

/**
 * The report for a person at a terminal, wrapped at 100 columns (a file path is never broken).
 * Whatever the target put into names and source lines, no control character comes through; the
 * only escape sequences are the colours asked for.
 */
export function renderText(report: LeakReport, options: { colour?: boolean } = {}): string {
  const style = options.colour ? COLOUR : PLAIN;
  const blocks = [
    [`${style.heading(`Leakline: ${verdictTitle(report)}`)} (${runSummary(report)})`],
    report.headline === undefined ? [] : bullet('', report.headline, ''),
    ...report.findings.map((finding) => renderFinding(finding, style)),
    report.notices.flatMap((notice) => bullet('Note: ', notice, '')),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function renderFinding(finding: Finding, style: Style): string[] {
  const [first, ...others] = finding.sites;
  const confidence = style.aside(`(confidence ${confidencePercent(finding.confidence)})`);
  const [heading = '', ...more] = bullet(`${finding.rank}. `, finding.title, '');
  return [
    style.heading(heading),
    ...more.map(style.heading),
    ...(first ? primarySite(first, style) : [`${INDENT}No source line was found.`]),
    `${INDENT}${growthSummary(finding)} ${confidence}`,
    ...section(
      'Also',
      others.flatMap((site) => otherSite(site, style)),
    ),
    ...section(
      'Evidence',
      finding.evidence.flatMap((sentence) => bullet('- ', sentence, INDENT)),
    ),
    ...section('Retaining chain', chainLines(finding.path).map(indent)),
    ...section('How to fix it', bullet('', finding.fix, INDENT)),
  ];
}

function primarySite(site: Site, style: Style): string[] {
  return [
    `${INDENT}${style.place(placeText(site))} ${style.aside(`(${roleText(site)})`)}`,
    ...sourceLine(site, `${INDENT}  > `),
  ];
}

function otherSite(site: Site, style: Style): string[] {
  return [
    `${INDENT}${roleText(site)} ${style.place(placeText(site))}`,
    ...sourceLine(site, `${INDENT}  > `),
  ];
}

function sourceLine({ text }: Site, prefix: string): string[] {
  return text === '' ? [] : [prefix + plainText(text, WIDTH - prefix.length)];
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', `${INDENT}${title}:`, ...lines];
}

function indent(line: string): string {
  return INDENT + line;
}

/** Words filled into lines of WIDTH; the first gets the marker, the others align with its text. */
function bullet(marker: string, text: string, margin: string): string[] {
  const hang = margin + ' '.repeat(marker.length);
  const lines: string[] = [];
  let line = margin + marker;
  let empty = true;
  for (const word of plainText(text).split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = hang;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

function sgr(on: number, off: number): Paint {
  return (text) => `\u001b[${on}m${text}\u001b[${off}m`;
}
