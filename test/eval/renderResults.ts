import { arch, cpus, release, totalmem, type } from 'node:os';
import type { Judgement } from './judgement';
import { calibrate, type ConfidenceBand, isReached, scoreTargets, type Target } from './scores';

export interface Results {
  readonly judgements: readonly Judgement[];
  /** As it was typed. */
  readonly command: string;
  /** The Node.js that ran the cases: `v24.21.0`. */
  readonly nodeVersion: string;
  readonly renameSeed?: number;
}

/** The evaluation as Markdown. */
export function renderResults({ judgements, ...about }: Results): string {
  const parts = [
    '# What Leakline says about programs whose leak is known',
    describeRun(about),
    section(
      'Leaking programs',
      'rank: the first finding whose first site is right. line: whether the first site of the first finding is, or only another of its sites.',
      table(LEAK_COLUMNS, of(judgements, 'leaking').map(leakRow)),
    ),
    section('The same programs with the leak fixed', '', quietTable(of(judgements, 'fixed'))),
    section('Healthy programs', '', quietTable(of(judgements, 'healthy'))),
    section('Targets', '', table(['target', 'reached', 'wanted', ''], targetRows(judgements))),
    section(
      'Calibration',
      'Of the findings of one confidence, about that share should be right.',
      table(['confidence', 'findings', 'right', 'mean confidence'], bandRows(judgements)),
    ),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

const LEAK_COLUMNS = [
  'case',
  'shape',
  'verdict',
  'rank',
  'line',
  'confidence',
  'findings',
  's',
  'first site',
];

function of(judgements: readonly Judgement[], variant: string): Judgement[] {
  return judgements.filter(({ run }) => run.variant === variant);
}

function describeRun({ command, nodeVersion, renameSeed }: Omit<Results, 'judgements'>): string {
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const renamed =
    renameSeed === undefined ? '' : ` All identifiers renamed with seed ${renameSeed}.`;
  return `\`${command}\` with Node.js ${nodeVersion} on ${machine}, ${type()} ${release()} ${arch()}.${renamed}`;
}

function section(title: string, text: string, body: string): string {
  if (!body) return '';
  return [`## ${title}`, text, body].filter(Boolean).join('\n\n');
}

function leakRow({ run, rank, passed, amongSites, findings }: Judgement): string[] {
  const { evalCase, report, error, seconds } = run;
  const best = report?.findings[0];
  const site = best?.sites[0];
  const where = site ? `${site.file}:${site.line}` : 'none';
  return [
    evalCase.name,
    evalCase.shape,
    report?.verdict ?? 'error',
    rank ? String(rank) : '-',
    passed ? 'right' : amongSites ? 'other site' : 'wrong',
    best ? best.confidence.toFixed(2) : '-',
    String(findings.length),
    seconds.toFixed(1),
    error ?? where,
  ];
}

function quietTable(judgements: readonly Judgement[]): string {
  const columns = ['case', 'verdict', '', 'findings', 's', 'first finding'];
  const rows = judgements.map(({ run, passed }) => {
    const { evalCase, report, error, seconds } = run;
    const first = report?.findings[0];
    const said = first ? `${first.confidence.toFixed(2)} ${first.title}` : '';
    return [
      evalCase.name,
      report?.verdict ?? 'error',
      passed ? 'right' : 'wrong',
      String(report?.findings.length ?? '-'),
      seconds.toFixed(1),
      error ?? said,
    ];
  });
  return table(columns, rows);
}

function targetRows(judgements: readonly Judgement[]): string[][] {
  return scoreTargets(judgements).map((target: Target) => [
    target.what,
    `${target.reached} of ${target.of}`,
    percent(target.wanted),
    isReached(target) ? 'reached' : 'missed',
  ]);
}

function bandRows(judgements: readonly Judgement[]): string[][] {
  return calibrate(judgements).map((band: ConfidenceBand) => [
    `${band.from}-${band.to}`,
    String(band.count),
    band.count ? `${band.right} (${percent(band.right / band.count)})` : '-',
    band.count ? band.meanConfidence.toFixed(2) : '-',
  ]);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** Columns are padded, as the table is read in terminals too. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cells = [columns, ...rows].map((row) =>
    row.map((cell) => cell.replace(/\s+/g, ' ').replaceAll('|', '\\|')),
  );
  const widths = columns.map((_, i) => Math.max(3, ...cells.map((row) => row[i].length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(cells[0]), rule, ...cells.slice(1).map(line)].join('\n');
}
