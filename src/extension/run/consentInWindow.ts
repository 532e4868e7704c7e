import * as vscode from 'vscode';
import { isLoopback } from '../../base/loopback';
import { LeaklineError } from '../../base/errors';
import { SnapshotConsent } from '../../investigation/snapshotConsent';
import type { Attachment } from './connection';

/**
 * The consent of the person at the window to the snapshots of one command: what they will cost is
 * written to the log, and asked about where they may do harm.
 */
export function consentInWindow(log: vscode.LogOutputChannel): SnapshotConsent {
  const sample = vscode.l10n.t(
    'The command leakline sample names lines without a snapshot; or give the program more memory.',
  );
  return new SnapshotConsent('ask', {
    say: (words) => log.info(words),
    hints: { ask: sample, refuse: sample },
    ask: async ({ estimate, reasons }) => {
      const take = vscode.l10n.t('Take Snapshots');
      const detail = [...reasons, estimate].join('\n\n');
      const question = vscode.l10n.t('Take heap snapshots?');
      const answer = await vscode.window.showWarningMessage(
        question,
        { modal: true, detail },
        take,
      );
      if (answer !== take) throw new LeaklineError('cancelled', 'Cancelled.');
      return true;
    },
  });
}

/** True if the program serves on another machine, where nobody sees what a pause does. */
export function isRemote({ target }: Attachment): boolean {
  return !isLoopback(new URL(target.webSocketUrl).hostname);
}
