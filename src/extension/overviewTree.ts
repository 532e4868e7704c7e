import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable';
import type { SnapshotStore } from '../investigation/snapshotStore';
import type { KnownFinding } from '../report/knownFindings';
import type { CommandId } from './commands';
import type { Connection } from './connection';
import type { CurrentResult } from './currentResult';
import type { KnownFindings } from './knownFindings';
import type { ManualExercise } from './manualExercise';
import { overviewNodes, type OverviewKind, type OverviewNode } from './overviewNodes';

const ICONS: Readonly<Record<OverviewKind, vscode.ThemeIcon>> = {
  attached: new vscode.ThemeIcon('plug', new vscode.ThemeColor('testing.iconPassed')),
  detached: new vscode.ThemeIcon('debug-disconnect'),
  waiting: new vscode.ThemeIcon('debug-continue', new vscode.ThemeColor('charts.blue')),
  findings: new vscode.ThemeIcon('search'),
  headline: new vscode.ThemeIcon('info', new vscode.ThemeColor('charts.blue')),
  finding: new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground')),
  ignoredFinding: new vscode.ThemeIcon('circle-slash', new vscode.ThemeColor('disabledForeground')),
  clean: new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed')),
  site: new vscode.ThemeIcon('go-to-file'),
  step: new vscode.ThemeIcon('arrow-down'),
  snapshots: new vscode.ThemeIcon('archive'),
  snapshot: new vscode.ThemeIcon('file-binary'),
};

/** What the view shows comes from these. */
interface OverviewSources {
  readonly connection: Connection;
  readonly manual: ManualExercise;
  readonly results: CurrentResult;
  readonly store: SnapshotStore;
  readonly known: KnownFindings;
}

/** The view `leakline.overview`: connection, findings with their chains, snapshots. */
export class OverviewTree implements vscode.TreeDataProvider<OverviewNode>, vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly sources: OverviewSources) {
    const { connection, manual, results, store, known } = sources;
    const view = vscode.window.createTreeView('leakline.overview', { treeDataProvider: this });
    const refresh = () => this.changed.fire();
    this.disposables.add(this.changed);
    this.disposables.add(view);
    this.disposables.add(connection.onDidChange(refresh));
    this.disposables.add(manual.onDidChange(refresh));
    this.disposables.add(store.onDidChange(refresh));
    const showFindings = () => {
      const all = results.value?.report.findings.length ?? 0;
      const count = all - this.ignored().size;
      view.badge = { value: count, tooltip: count === 1 ? '1 finding' : `${count} findings` };
      refresh();
    };
    this.disposables.add(results.onDidChange(showFindings));
    this.disposables.add(known.onDidChange(showFindings));
  }

  async getChildren(node?: OverviewNode): Promise<OverviewNode[]> {
    if (node) return [...(node.children ?? [])];
    const { connection, manual, results, store } = this.sources;
    const { current } = connection;
    return overviewNodes({
      attached: current && { title: current.target.title, address: current.address },
      waitingFor: manual.waiting,
      result: results.value,
      ignored: this.ignored(),
      snapshots: await store.list(),
    });
  }

  private ignored(): Map<number, KnownFinding> {
    const { results, known } = this.sources;
    const found = new Map<number, KnownFinding>();
    for (const finding of results.value?.report.findings ?? []) {
      const entry = known.entryOf(results.value!.root, finding);
      if (entry) found.set(finding.rank, entry);
    }
    return found;
  }

  getTreeItem(node: OverviewNode): vscode.TreeItem {
    const item = new vscode.TreeItem(node.label, collapsibleState(node));
    item.id = node.id;
    item.iconPath = ICONS[node.kind];
    item.contextValue = node.kind;
    if (node.description !== undefined) item.description = node.description;
    item.tooltip = node.tooltip ?? node.label;
    const command = clickCommand(node);
    if (command) item.command = command;
    return item;
  }

  dispose(): void {
    this.disposables.dispose();
  }
}

function collapsibleState({ kind, children }: OverviewNode): vscode.TreeItemCollapsibleState {
  if (!children) return vscode.TreeItemCollapsibleState.None;
  return kind === 'snapshots' || kind === 'ignoredFinding'
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.Expanded;
}

function clickCommand({ kind, place, rank }: OverviewNode): vscode.Command | undefined {
  const run = (id: CommandId, title: string, ...args: unknown[]): vscode.Command => ({
    command: id,
    title,
    arguments: args,
  });
  if (place) return run('leakline.openPlace', 'Open Line', place);
  if (rank !== undefined) return run('leakline.showRetainers', 'Show Retainers', { rank });
  if (kind === 'waiting') return run('leakline.continue', 'Continue');
  if (kind === 'detached') return run('leakline.attach', 'Attach');
  return undefined;
}
