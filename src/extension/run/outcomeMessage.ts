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
  const pick = vscode.l10n.t('Pick the File…');
  const unmapped = best.sites[0]?.unmapped;
  const actions = unmapped ? [show, pick] : [show];
  const message = `Leakline: ${text}: ${best.title}`;
  void vscode.window.showWarningMessage(message, ...actions).then((choice) => {
    if (choice === show) runCommand('leakline.showRetainers', { rank: best.rank });
    if (choice === pick && unmapped) runCommand('leakline.pickFile', unmapped);
  });
}
