import * as vscode from 'vscode';
import { DisposableStore } from '../../base/disposable';
import { runCommand } from '../commandRegistry';
import type { Connection } from '../run/connection';
import type { CurrentResult } from '../results/currentResult';
import type { GuidedRun } from '../run/guidedRun';
import type { Jobs } from '../jobs';
import type { LastRun } from '../run/lastRun';
import { LiveHeap } from './liveHeap';
import type { ManualExercise } from '../run/manualExercise';
import { quickActions, type ActionState } from './quickActions';
import { statusText, statusTooltip, type Status } from './statusText';
import { programName } from './targetRow';

/** What the item tells of comes from these. */
interface StatusSources {
  readonly connection: Connection;
  readonly jobs: Jobs;
  readonly manual: ManualExercise;
  readonly guidedRun: GuidedRun;
  readonly lastRun: LastRun;
  readonly results: CurrentResult;
}

/** The item of the status bar, and the pick of actions behind it. */
export class StatusBar implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly item: vscode.StatusBarItem;
  private readonly heap: LiveHeap;

  constructor(private readonly sources: StatusSources) {
    const { connection, jobs, manual } = sources;
    this.item = vscode.window.createStatusBarItem('leakline', vscode.StatusBarAlignment.Left);
    this.item.name = 'Leakline';
    this.item.command = 'leakline.showActions';
    this.disposables.add(this.item);
    // While a run is at work, the program and the session belong to it.
    const mayLook = () => vscode.window.state.focused && !jobs.isBusy;
    this.heap = this.disposables.add(new LiveHeap({ connection, mayLook }));
    const show = () => this.show();
    this.disposables.add(connection.onDidChange(show));
    this.disposables.add(jobs.onDidChange(show));
    this.disposables.add(manual.onDidChange(show));
    this.disposables.add(this.heap.onDidChange(show));
  }

  /** The command `leakline.showActions`. */
  async pick(): Promise<void> {
    const items = quickActions(this.actionState).map(({ icon, title, command }) => ({
      label: `$(${icon}) ${title}`,
      command,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Leakline',
      placeHolder: vscode.l10n.t('What to do'),
    });
    if (picked) runCommand(picked.command);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private get status(): Status {
    const { connection, jobs, manual } = this.sources;
    const { current } = connection;
    return {
      attached: current && { name: programName(current.target.title), address: current.address },
      heap: this.heap.readings,
      busyWith: jobs.title,
      isWaiting: manual.waiting !== undefined,
    };
  }

  private get actionState(): ActionState {
    const { connection, jobs, manual, guidedRun, lastRun, results } = this.sources;
    return {
      isConnected: connection.current !== undefined,
      isBusy: jobs.isBusy,
      isWaiting: manual.waiting !== undefined,
      canShowResult: guidedRun.canShowResult,
      canVerify: (lastRun.value?.leaks.length ?? 0) > 0,
      hasFindings: (results.value?.report.findings.length ?? 0) > 0,
    };
  }

  private show(): void {
    const { status } = this;
    const text = statusText(status);
    if (text === undefined) return this.item.hide();
    const tooltip = statusTooltip(status);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: tooltip.replaceAll('\n', ', '), role: 'button' };
    const color = status.isWaiting ? 'statusBarItem.warningBackground' : undefined;
    this.item.backgroundColor = color === undefined ? undefined : new vscode.ThemeColor(color);
    this.item.show();
  }
}
