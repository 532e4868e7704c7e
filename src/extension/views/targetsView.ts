import * as vscode from 'vscode';
import { listLocalProcesses, type LocalProcess } from '../../inspector/localProcesses';
import type { LocalTargets } from '../../inspector/localTargets';
import type { WorkerIsolate } from '../../inspector/workers';
import type { DebugSessions } from '../run/debugSessions';
import type { Connection } from '../run/connection';
import { openConfigurations } from '../run/openConfigurations';
import { RowView } from './rowView';
import type { TargetMemory } from './targetMemory';
import type { TargetRow } from './targetRow';
import { targetRows } from './targetRows';

const REFRESH_MS = 3_000;

/** The view `leakline.targets`. It looks for processes only while it is visible. */
export class TargetsView implements vscode.Disposable {
  private readonly view: RowView<TargetRow>;
  private processes: readonly LocalProcess[] = [];
  /** What each row showed of them, to know when that changes. */
  private shown = '';
  /** Of those processes whose row was asked for them, by ws:// URL. */
  private readonly workers = new Map<string, readonly WorkerIsolate[]>();
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
    // Whoever connects may have opened the inspector just now.
    this.view.own(connection.onDidChange(() => this.watch()));
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
    this.processes = vscode.workspace.isTrusted
      ? await listLocalProcesses(await this.finder.find())
      : [];
    if (this.isDisposed) return;
    const shown = JSON.stringify(this.rows());
    if (shown !== this.shown) this.view.refresh();
    this.shown = shown;
    clearTimeout(this.timer);
    if (this.view.tree.visible) this.timer = setTimeout(() => void this.refresh(), REFRESH_MS);
  }

  /**
   * The command `leakline.listWorkers`: only a process that was attached to says which it has, so none
   * is asked unless the person wants it.
   */
  async listWorkers({ webSocketUrl = '' }: TargetRow): Promise<void> {
    const { findWorkers } = await import('../../inspector/localWorkers');
    const workers = await findWorkers(webSocketUrl);
    this.workers.set(webSocketUrl, workers);
    this.view.refresh();
    if (workers.length > 0) return;
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Leakline: this process has no worker threads.'),
    );
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
      connected: current && { ...current.target, address: current.address, worker: current.worker },
      debugged: this.sessions.programs,
      processes: this.processes,
      workers: this.workers,
      configurations: vscode.workspace.isTrusted ? openConfigurations() : [],
      saved: this.memory.saved,
      recent: this.memory.recent,
    });
  }
}
