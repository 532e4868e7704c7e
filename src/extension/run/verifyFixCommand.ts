import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import type { LeakReport } from '../../leaks/leakReport';
import { runCommand } from '../commandRegistry';
import type { VerifyFixArguments } from '../commands';
import type { Connection } from './connection';
import type { CurrentResult } from '../results/currentResult';
import type { FindLeaksCommand } from './findLeaksCommand';
import { isSameLeak, judgeFix, leakOf, type FixVerdict, type Leak } from './fixVerdict';
import type { Job, Jobs } from '../jobs';
import type { LastRun, RememberedRun } from './lastRun';
import type { LaunchCommand } from './launchCommand';

/** What the command works with. */
interface VerifyFixParts {
  readonly connection: Connection;
  readonly findLeaks: FindLeaksCommand;
  readonly launch: LaunchCommand;
  readonly jobs: Jobs;
  readonly lastRun: LastRun;
  readonly results: CurrentResult;
}

/** Repeats the last run on the program as it is now, and says what became of what leaked. */
export class VerifyFixCommand {
  constructor(private readonly parts: VerifyFixParts) {}

  /** The command `leakline.verifyFix`. */
  async run(args?: VerifyFixArguments): Promise<LeakReport> {
    const { jobs, lastRun } = this.parts;
    const last = lastRun.value;
    const before = last ? this.leaksInQuestion(last, args?.rank) : [];
    if (!last || before.length === 0) throw nothingToVerify();
    if (args?.address === undefined) await this.confirmSameProcess(last);
    const title = vscode.l10n.t('Verifying the fix');
    const report = await jobs.run(title, (job) => this.repeat(last, args?.address, job));
    showVerdict(judgeFix(before, report), report);
    return report;
  }

  private async repeat(last: RememberedRun, address: string | undefined, job: Job) {
    const { findLeaks, launch, connection } = this.parts;
    const { configuration, worker, plan, drive, root } = last;
    if (address === undefined && configuration) await launch.restart(configuration, job);
    // What is attached to counts: the person may have found the program elsewhere.
    const to = address ?? (connection.current ? undefined : last.address);
    const run = {
      ...{ address: to, mayAsk: address === undefined, plan, drive, root },
      ...(worker !== undefined && { worker }),
    };
    return (await findLeaks.find(run, job)).result.report;
  }

  /** The one leak that a finding stands for; all of the run that nobody ignores if it is none of them. */
  private leaksInQuestion({ leaks }: RememberedRun, rank: number | undefined): readonly Leak[] {
    const { report, ignored = [] } = this.parts.results.value ?? {};
    const finding = report?.findings.find((candidate) => candidate.rank === rank);
    const same = finding && leaks.find((leak) => isSameLeak(leak, leakOf(finding)));
    if (same) return [same];
    const isIgnored = (leak: Leak) => ignored.some((other) => isSameLeak(leak, leakOf(other)));
    return leaks.filter((leak) => !isIgnored(leak));
  }

  /**
   * The process that leaked has the old code, unless it can load new code as it runs.
   * @throws LeaklineError `cancelled` if the person rather starts it again.
   */
  private async confirmSameProcess({ webSocketUrl, configuration }: RememberedRun): Promise<void> {
    const { current } = this.parts.connection;
    if (configuration || current?.target.webSocketUrl !== webSocketUrl) return;
    const anyway = vscode.l10n.t('Verify Anyway');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('This is still the process that leaked.'),
      { modal: true, detail: vscode.l10n.t('Start it again with the fix, then verify.') },
      anyway,
    );
    if (choice !== anyway) throw new LeaklineError('cancelled', 'Cancelled.');
  }
}

function showVerdict({ outcome, text }: FixVerdict, report: LeakReport): void {
  const message = `Leakline: ${text}`;
  if (outcome === 'fixed') {
    void vscode.window.showInformationMessage(message);
    return;
  }
  const again = vscode.l10n.t('Verify Again');
  const show = vscode.l10n.t('Show Retainers');
  const buttons = report.findings.length > 0 ? [again, show] : [again];
  void vscode.window.showWarningMessage(message, ...buttons).then((choice) => {
    if (choice === again) runCommand('leakline.verifyFix');
    if (choice === show) runCommand('leakline.showRetainers');
  });
}

function nothingToVerify(): LeaklineError {
  return new LeaklineError(
    'usage',
    vscode.l10n.t('No run has found a leak that could be verified.'),
    vscode.l10n.t('Find leaks first, change the code, then verify the fix.'),
  );
}
