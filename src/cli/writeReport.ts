import { mkdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { version } from '../../package.json';
import { LeaklineError } from '../base/errors';
import type { SnapshotSummary } from '../analysis/contract';
import type { SampleReport } from '../care/sampleReport';
import type { TriageReport } from '../care/triage';
import type { LeakReport } from '../leaks/leakReport';
import { harmlessJson } from '../report/harmlessJson';
import type { KnownFinding } from '../report/knownFindings';
import { renderAnnotations } from '../report/renderAnnotations';
import { renderCodeQuality } from '../report/renderCodeQuality';
import { renderJson } from '../report/renderJson';
import { renderJunit } from '../report/renderJunit';
import { renderMarkdown } from '../report/renderMarkdown';
import { renderSarif } from '../report/renderSarif';
import { renderSummaryJson, renderSummaryText } from '../report/renderSummary';
import { renderText } from '../report/renderText';
import { renderSampleText } from '../report/renderSample';
import { renderTriageText } from '../report/renderTriage';
import type { ReportFormat, SummaryOptions } from './args';
import type { SampleFormat } from './sampleOptions';
import type { TriageFormat } from './triageOptions';

/**
 * @param colour Whether the reader's terminal shows colours; only the text format has any.
 * @param known What the project lives with; formats for people tell it all the same.
 */
export function renderReport(
  report: LeakReport,
  format: ReportFormat,
  colour: boolean,
  known: readonly KnownFinding[],
): string {
  switch (format) {
    case 'text':
      return renderText(report, { colour });
    case 'json':
      return renderJson(report);
    case 'markdown':
      return renderMarkdown(report);
    case 'sarif':
      return renderSarif(report, { version, known });
    case 'github':
      return renderAnnotations(report, known);
    case 'gitlab':
      return renderCodeQuality(report, known);
    case 'junit':
      return renderJunit(report, known);
  }
}

export function renderSummary(summary: SnapshotSummary, options: SummaryOptions): string {
  const render = options.format === 'json' ? renderSummaryJson : renderSummaryText;
  return render(summary, options);
}

export function renderSample(report: SampleReport, format: SampleFormat): string {
  return format === 'json' ? harmlessJson(report) : renderSampleText(report);
}

export function renderTriage(report: TriageReport, format: TriageFormat): string {
  return format === 'json' ? harmlessJson(report) : renderTriageText(report);
}

/**
 * Writes a file as a whole or not at all, making its folder if need be. What is there already and no
 * file, such as /dev/null or a pipe, is written to and not replaced.
 * @throws LeaklineError `storage`.
 */
export async function writeReport(file: string, text: string): Promise<void> {
  try {
    const stats = await stat(file).catch(() => undefined);
    if (stats && !stats.isFile()) await writeFile(file, text);
    else await replaceFile(stats ? await realpath(file) : file, text);
  } catch (error) {
    throw new LeaklineError(
      'storage',
      `Cannot write the report to ${file}: ${(error as Error).message}.`,
      'Choose another file with --output.',
      { cause: error },
    );
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  const partial = `${file}.${process.pid}.partial`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw error;
  }
}
