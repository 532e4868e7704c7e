import { stat } from 'node:fs/promises';
import { version } from '../../package.json';
import { describeError, LeaklineError } from '../base/errors';
import type { SnapshotSummary } from '../analysis/contract';
import type { SampleReport } from '../care/sampleReport';
import type { TriageReport } from '../care/triage';
import { withoutKeys } from '../investigation/keyEvidence';
import type { LeakReport } from '../leaks/leakReport';
import { plainText } from '../report/plainText';
import {
  parseCommandLine,
  type DiffOptions,
  type FindOptions,
  type ReportOptions,
  type SummaryOptions,
} from './args';
import { exitCodeOfError, exitCodeOfGrowth, exitCodeOfVerdict, ExitCode } from './exitCode';
import { HELP } from './help';
import { isAllKnown, knownFindingsNotice, readKnownFindings } from './knownFindings';
import { withMapHint } from './mapHint';
import { ProgressLine, type ProgressStream } from './progress';
import type { RedactOptions } from './redactOptions';
import type { SampleOptions } from './sampleOptions';
import { renderTargetsJson, renderTargetsText, type ListedProcess } from './renderTargets';
import type { TargetsOptions } from './targetsOptions';
import type { TriageOptions } from './triageOptions';
import {
  renderReport,
  renderSample,
  renderSummary,
  renderTriage,
  writeReport,
} from './writeReport';

/** What does the work of one subcommand. */
type Run<Options, Result> = (
  options: Options,
  signal: AbortSignal,
  progress: ProgressLine,
) => Promise<Result>;

export interface Commands {
  readonly find: Run<FindOptions, LeakReport>;
  readonly diff: Run<DiffOptions, LeakReport>;
  readonly summary: Run<SummaryOptions, SnapshotSummary>;
  readonly triage: Run<TriageOptions, TriageReport>;
  readonly sample: Run<SampleOptions, SampleReport>;
  readonly redact: Run<RedactOptions, string>;
  readonly targets: Run<TargetsOptions, ListedProcess[]>;
}

/** The process around a command line. */
export interface CliHost {
  /** Absolute. */
  readonly cwd: string;
  /** Gets reports, help and the version, nothing else. */
  readonly stdout: { write(text: string): unknown };
  readonly stderr: ProgressStream;
  /** Whether stdout shows colours. */
  readonly colour: boolean;
  readonly signal: AbortSignal;
}

/** Does what a command line asks for; answers with the exit code and never throws. */
export async function runCommandLine(
  argv: readonly string[],
  host: CliHost,
  commands: Commands,
): Promise<number> {
  const progress = new ProgressLine(host.stderr);
  try {
    const line = parseCommandLine(argv, host.cwd);
    switch (line.command) {
      case 'help':
        host.stdout.write(HELP[line.topic]);
        return ExitCode.noLeak;
      case 'version':
        host.stdout.write(`${version}\n`);
        return ExitCode.noLeak;
      case 'find':
        return await runReporting(commands.find, line.options, host, progress);
      case 'diff':
        return await runReporting(commands.diff, line.options, host, progress);
      case 'summary':
        return await runSummarizing(commands.summary, line.options, host, progress);
      case 'triage':
        return await runTriaging(commands.triage, line.options, host, progress);
      case 'sample':
        return await runSampling(commands.sample, line.options, host, progress);
      case 'redact':
        progress.print(await commands.redact(line.options, host.signal, progress));
        return ExitCode.noLeak;
      case 'targets':
        return await runListing(commands.targets, line.options, host, progress);
    }
  } catch (error) {
    progress.print(errorText(error));
    return exitCodeOfError(error);
  }
}

async function runReporting<Options extends ReportOptions>(
  run: Run<Options, LeakReport>,
  options: Options,
  host: CliHost,
  progress: ProgressLine,
): Promise<number> {
  await requireFolder(options.root);
  const known = await readKnownFindings(options.root);
  const found = withMapHint(await run(options, host.signal, progress));
  const report = options.values ? found : { ...found, findings: found.findings.map(withoutKeys) };
  progress.clear();
  const { format, output } = options;
  const text = renderReport(report, format, host.colour && output === undefined, known);
  await publish(text, output, host, progress);
  if (report.verdict === 'inconclusive') {
    progress.print('leakline: inconclusive, neither a leak nor its absence is certain.');
  }
  const notice = knownFindingsNotice(report, known);
  if (notice !== undefined) progress.print(notice);
  if (report.findings.length > 0 && isAllKnown(report, known)) return ExitCode.noLeak;
  return exitCodeOfVerdict(report.verdict);
}

async function runSummarizing(
  run: Run<SummaryOptions, SnapshotSummary>,
  options: SummaryOptions,
  host: CliHost,
  progress: ProgressLine,
): Promise<number> {
  const summary = await run(options, host.signal, progress);
  progress.clear();
  await publish(renderSummary(summary, options), options.output, host, progress);
  return ExitCode.noLeak;
}

async function runTriaging(
  run: Run<TriageOptions, TriageReport>,
  options: TriageOptions,
  host: CliHost,
  progress: ProgressLine,
): Promise<number> {
  const report = await run(options, host.signal, progress);
  progress.clear();
  await publish(renderTriage(report, options.format), options.output, host, progress);
  return exitCodeOfGrowth(report.verdict !== 'none' && report.verdict !== 'unclear');
}

async function runSampling(
  run: Run<SampleOptions, SampleReport>,
  options: SampleOptions,
  host: CliHost,
  progress: ProgressLine,
): Promise<number> {
  await requireFolder(options.root);
  const report = await run(options, host.signal, progress);
  progress.clear();
  await publish(renderSample(report, options.format), options.output, host, progress);
  return exitCodeOfGrowth(report.verdict === 'growing');
}

async function runListing(
  run: Run<TargetsOptions, ListedProcess[]>,
  options: TargetsOptions,
  host: CliHost,
  progress: ProgressLine,
): Promise<number> {
  const render = options.format === 'json' ? renderTargetsJson : renderTargetsText;
  const listed = await run(options, host.signal, progress);
  await publish(render(listed), options.output, host, progress);
  return ExitCode.noLeak;
}

/** @param output Absolute path of the file that gets the text; standard output without it. */
async function publish(
  text: string,
  output: string | undefined,
  host: CliHost,
  progress: ProgressLine,
): Promise<void> {
  if (output === undefined) {
    host.stdout.write(text);
    return;
  }
  await writeReport(output, text);
  progress.print(`Report written to ${output}`);
}

async function requireFolder(root: string): Promise<void> {
  const stats = await stat(root).catch(() => undefined);
  if (stats?.isDirectory()) return;
  throw new LeaklineError('usage', `There is no folder ${root}.`, 'Correct --root.');
}

/** Whatever is no LeaklineError is a bug, so its stack is wanted. Messages may quote the target. */
function errorText(error: unknown): string {
  const bug = error instanceof Error && !(error instanceof LeaklineError) && error.stack;
  const lines = (bug || describeError(error)).split('\n').map((line) => plainText(line));
  return `leakline: ${lines.join('\n')}`;
}
