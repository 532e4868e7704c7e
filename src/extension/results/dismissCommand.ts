import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import { plainText } from '../../report/plainText';
import type { FindingArgument } from '../commands';
import type { CurrentResult } from './currentResult';
import { growthText } from './growthText';

/** The command `leakline.dismissFinding`; asks which finding unless told. */
export async function dismissFinding(
  results: CurrentResult,
  finding?: FindingArgument,
): Promise<void> {
  results.dismiss((finding ?? (await askFinding(results))).rank);
}

/** @throws LeaklineError `cancelled` if the person chooses none, `usage` if there is none. */
async function askFinding(results: CurrentResult): Promise<FindingArgument> {
  const findings = results.value?.report.findings ?? [];
  if (findings.length === 0) {
    throw new LeaklineError('usage', vscode.l10n.t('There is no finding to dismiss.'));
  }
  const items = findings.map((finding) => ({
    label: plainText(finding.title).replaceAll('`', ''),
    description: growthText(finding),
    rank: finding.rank,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Dismiss Finding'),
    ignoreFocusOut: true,
  });
  if (!picked) throw new LeaklineError('cancelled', 'Cancelled.');
  return picked;
}
