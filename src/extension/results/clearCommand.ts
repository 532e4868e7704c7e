import * as vscode from 'vscode';
import { formatBytes } from '../../base/bytes';
import type { SnapshotStore, StoredSnapshot } from '../../investigation/snapshotStore';
import type { ClearArguments } from '../commands';
import type { CurrentResult } from './currentResult';

/** Clears what was found and, if wanted, the stored snapshots. */
export class ClearCommand {
  constructor(
    private readonly results: CurrentResult,
    private readonly store: SnapshotStore,
  ) {}

  /** The command `leakline.clear`. */
  async run(args?: ClearArguments): Promise<void> {
    this.results.clear();
    const stored = await this.store.list();
    if (stored.length === 0) return;
    const remove = args ? args.snapshots === true : await askToDelete(stored);
    if (remove) await this.store.remove(stored.map(({ path }) => path));
  }
}

async function askToDelete(stored: readonly StoredSnapshot[]): Promise<boolean> {
  const bytes = stored.reduce((sum, snapshot) => sum + snapshot.bytes, 0);
  const size = formatBytes(bytes);
  const question =
    stored.length === 1
      ? vscode.l10n.t('Delete the stored snapshot too ({0})?', size)
      : vscode.l10n.t('Delete {0} stored snapshots too ({1})?', stored.length, size);
  const detail = vscode.l10n.t('The findings are cleared already.');
  const sure = vscode.l10n.t('Delete');
  const choice = await vscode.window.showWarningMessage(question, { modal: true, detail }, sure);
  return choice === sure;
}
