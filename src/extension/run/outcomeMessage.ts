import * as vscode from 'vscode';
import type { OpenReport } from '../results/ignoredFindings';
import { runSummary, verdictTitle } from '../../report/wording';
import { runCommand } from '../commandRegistry';

/** Says how a run ended, with the next step as a button. Never waits for the person. */
export function showOutcome({ report, ignored }: OpenReport): void {
  const best = report.findings[0];
  const left = ignored.length === 0 ? '' : `, ${vscode.l10n.t('{0} ignored', ignored.length)}`;
  const text = `${verdictTitle(report)}${left} (${runSummary(report)})`;
  if (!best) {
    const more = report.headline === undefined ? '' : ` ${report.headline}`;
    void vscode.window.showInformationMessage(`Leakline: ${text}.${more}`);
    return;
  }
  const show = vscode.l10n.t('Show Retainers');
  void vscode.window.showWarningMessage(`Leakline: ${text}: ${best.title}`, show).then((choice) => {
    if (choice === show) runCommand('leakline.showRetainers', { rank: best.rank });
  });
}
