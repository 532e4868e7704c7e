import path from 'node:path';
import * as vscode from 'vscode';
import { formatBytes } from '../../base/bytes';
import { LeaklineError } from '../../base/errors';
import { copyRedacted, copySnapshot } from '../../investigation/copySnapshot';
import type { SnapshotStore, StoredSnapshot } from '../../investigation/snapshotStore';
import type { CompareSnapshotsCommand } from '../run/compareSnapshotsCommand';
import type { Jobs } from '../jobs';
import type { SnapshotRow } from './snapshotRows';

/** How a snapshot leaves the store: as it is, or without the values of the program. */
type CopyKind = 'whole' | 'redacted';

/** What the work is done with. */
interface SnapshotCommandParts {
  readonly store: SnapshotStore;
  readonly jobs: Jobs;
  readonly compare: CompareSnapshotsCommand;
  /** Absolute path of the bundle that reads snapshots. */
  readonly workerPath: string;
  /** What is selected in the view, for a key that was pressed there. */
  readonly selection: () => readonly SnapshotRow[];
}

/**
 * What the rows of the view of snapshots can do. A menu gives the row that it was opened on, and all
 * that are selected if that is one of them; a key gives nothing.
 */
export class SnapshotCommands {
  constructor(private readonly parts: SnapshotCommandParts) {}

  /** The command `leakline.renameSnapshot`. */
  async rename(row?: SnapshotRow): Promise<void> {
    const [snapshot] = await this.chosen(row);
    if (!snapshot) return;
    const label = await vscode.window.showInputBox({
      title: vscode.l10n.t('Rename Snapshot'),
      value: snapshot.label,
      validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give it a name.') : undefined),
    });
    if (label !== undefined) await this.parts.store.rename(snapshot, label.trim());
  }

  /** The command `leakline.saveSnapshotAs`. */
  async saveAs(row?: SnapshotRow): Promise<void> {
    const [snapshot] = await this.chosen(row);
    if (!snapshot) return;
    const kind = await askKind();
    if (kind !== undefined) await this.copy(snapshot, kind);
  }

  /** The command `leakline.exportRedacted`. */
  async exportRedacted(row?: SnapshotRow): Promise<void> {
    const [snapshot] = await this.chosen(row);
    if (snapshot) await this.copy(snapshot, 'redacted');
  }

  private async copy(snapshot: StoredSnapshot, kind: CopyKind): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const original = path.basename(snapshot.path);
    const isRedacted = kind === 'redacted';
    const name = isRedacted ? original.replace(/(\.heapsnapshot)?$/, '-redacted$1') : original;
    const to = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save Snapshot As'),
      defaultUri: vscode.Uri.file(folder === undefined ? name : path.join(folder, name)),
      filters: { [vscode.l10n.t('Heap snapshots')]: ['heapsnapshot'] },
    });
    if (!to) return;
    const { workerPath } = this.parts;
    await this.parts.jobs.run(vscode.l10n.t('Saving the snapshot'), (job) =>
      isRedacted
        ? copyRedacted(snapshot.path, to.fsPath, { ...job, workerPath })
        : copySnapshot(snapshot.path, to.fsPath, job),
    );
  }

  /** The command `leakline.deleteSnapshots`. */
  async delete(row?: SnapshotRow, selected?: readonly SnapshotRow[]): Promise<void> {
    const snapshots = await this.chosen(row, selected);
    const [only] = snapshots;
    if (!only) return;
    const bytes = formatBytes(snapshots.reduce((sum, snapshot) => sum + snapshot.bytes, 0));
    const question =
      snapshots.length === 1
        ? vscode.l10n.t('Delete the snapshot “{0}” ({1})?', only.label, bytes)
        : vscode.l10n.t('Delete {0} snapshots ({1})?', snapshots.length, bytes);
    const sure = vscode.l10n.t('Delete');
    const choice = await vscode.window.showWarningMessage(question, { modal: true }, sure);
    if (choice === sure) await this.parts.store.remove(snapshots.map((snapshot) => snapshot.path));
  }

  /** The command `leakline.compareSelected`. */
  async compareSelected(row?: SnapshotRow, selected?: readonly SnapshotRow[]): Promise<void> {
    const paths = (await this.chosen(row, selected)).map((snapshot) => snapshot.path);
    if (paths.length < 2) {
      throw new LeaklineError(
        'usage',
        vscode.l10n.t('One snapshot cannot be compared.'),
        vscode.l10n.t('Select two or more.'),
      );
    }
    await this.parts.compare.compare(paths);
  }

  /** Only what is in the store, oldest first: rows may be out of date. */
  private async chosen(
    row: SnapshotRow | undefined,
    selected: readonly SnapshotRow[] | undefined = row ? [row] : this.parts.selection(),
  ): Promise<StoredSnapshot[]> {
    const paths = new Set(selected.map((chosen) => chosen.path));
    return (await this.parts.store.list()).filter((snapshot) => paths.has(snapshot.path));
  }
}

/** Undefined if the person rather saves nothing. */
async function askKind(): Promise<CopyKind | undefined> {
  const redacted = vscode.l10n.t('Save Redacted');
  const whole = vscode.l10n.t('Save as It Is');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('A heap snapshot holds all that the program had in memory.'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Passwords, tokens and personal data are in it, too. A redacted one has no values, and opens in Chrome DevTools as well.',
      ),
    },
    redacted,
    whole,
  );
  if (choice === undefined) return undefined;
  return choice === redacted ? 'redacted' : 'whole';
}
