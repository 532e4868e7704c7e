import type * as vscode from 'vscode';
import type { SnapshotStore } from '../../investigation/snapshotStore';
import { RowView } from './rowView';
import { snapshotRows, type SnapshotRow } from './snapshotRows';

/** The view `leakline.snapshots`. */
export class SnapshotsView implements vscode.Disposable {
  private readonly view: RowView<SnapshotRow>;

  constructor(store: SnapshotStore) {
    const rows = async () => snapshotRows(await store.list(), timeText);
    this.view = new RowView('leakline.snapshots', rows, { canSelectMany: true });
    this.view.refreshOn(store.onDidChange);
  }

  /** What is selected, in the order of the view: oldest first. */
  get selection(): readonly SnapshotRow[] {
    return this.view.tree.selection;
  }

  dispose(): void {
    this.view.dispose();
  }
}

/** With the day only where it is another one. */
function timeText(time: number): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? date.toLocaleTimeString() : date.toLocaleString();
}
