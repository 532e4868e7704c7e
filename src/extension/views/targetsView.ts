import * as vscode from 'vscode';
import type { LocalTarget, LocalTargets } from '../../inspector/localTargets';
import type { DebugSessions } from '../run/debugSessions';
import type { Connection } from '../run/connection';
import { openConfigurations } from '../run/openConfigurations';
import { RowView } from './rowView';
import type { TargetMemory } from './targetMemory';
import { targetRows, type TargetRow } from './targetRows';

const REFRESH_MS = 3_000;

/** The view `leakline.targets`. It looks for processes only while it is visible. */
export class TargetsView implements vscode.Disposable {
  private readonly view: RowView<TargetRow>;
  private local: readonly LocalTarget[] = [];
  private timer: NodeJS.Timeout | undefined;
  private isDisposed = false;

  constructor(
    private readonly finder: LocalTargets,
    private readonly connection: Connection,
    private readonly memory: TargetMemory,
    private readonly sessions: DebugSessions,
  ) {
    this.view = new RowView('leakline.targets', () => this.rows());
    const { tree } = this.view;
    this.view.refreshOn(connection.onDidChange, memory.onDidChange, sessions.onDidChange);
    this.view.own(tree.onDidChangeVisibility(() => this.watch()));
    this.view.own(vscode.workspace.onDidGrantWorkspaceTrust(() => this.watch()));
    this.view.own(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('launch')) this.view.refresh();
      }),
    );
    this.watch();
  }

  /** The command `leakline.refreshTargets`. */
  async refresh(): Promise<void> {
    clearTimeout(this.timer);
    // Nothing of this machine is touched for a workspace that is not trusted.
    const found = vscode.workspace.isTrusted ? await this.finder.find() : [];
    const isNew = JSON.stringify(found) !== JSON.stringify(this.local);
    this.local = found;
    if (this.isDisposed) return;
    if (isNew) this.view.refresh();
    clearTimeout(this.timer);
    if (this.view.tree.visible) this.timer = setTimeout(() => void this.refresh(), REFRESH_MS);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.view.dispose();
  }

  private watch(): void {
    clearTimeout(this.timer);
    if (this.view.tree.visible) void this.refresh();
  }

  private rows(): TargetRow[] {
    const { current } = this.connection;
    return targetRows({
      connected: current && { ...current.target, address: current.address },
      debugged: this.sessions.programs,
      local: this.local,
      configurations: vscode.workspace.isTrusted ? openConfigurations() : [],
      saved: this.memory.saved,
      recent: this.memory.recent,
    });
  }
}
