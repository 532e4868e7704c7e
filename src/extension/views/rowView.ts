import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { TreeRow } from './treeRow';

/** Makes the rows of a view whenever they may have changed. */
type RowSource<Row> = () => readonly Row[] | Promise<readonly Row[]>;

/** A view of the side bar that shows rows of plain data. */
export class RowView<Row extends TreeRow> implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly tree: vscode.TreeView<Row>;
  /** How often each top row was gone. */
  private readonly absences = new Map<string, number>();
  private top: readonly Row[] = [];

  constructor(
    id: string,
    rows: RowSource<Row>,
    options: { readonly canSelectMany?: boolean; readonly showCollapseAll?: boolean } = {},
  ) {
    const treeDataProvider: vscode.TreeDataProvider<Row> = {
      onDidChangeTreeData: this.changed.event,
      getChildren: async (row) =>
        row ? [...((row.children ?? []) as readonly Row[])] : this.topRows(await rows()),
      getTreeItem: treeItem,
    };
    this.tree = vscode.window.createTreeView(id, { ...options, treeDataProvider });
    this.disposables.add(this.changed);
    this.disposables.add(this.tree);
  }

  /** Makes the rows anew. */
  readonly refresh = (): void => this.changed.fire();

  /** Makes the rows anew with each of these events. */
  refreshOn(...events: readonly ((listener: () => void) => Disposable)[]): void {
    for (const event of events) this.own(event(this.refresh));
  }

  /** Disposes it with the view. */
  own(disposable: Disposable): void {
    this.disposables.add(disposable);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** VS Code collapses a row that comes back under an id that was gone: each time it gets a new one. */
  private topRows(rows: readonly Row[]): Row[] {
    const ids = new Set(rows.map(({ id }) => id));
    for (const { id } of this.top) {
      if (!ids.has(id)) this.absences.set(id, (this.absences.get(id) ?? 0) + 1);
    }
    this.top = rows;
    return rows.map((row) => ({ ...row, id: `${row.id}#${this.absences.get(row.id) ?? 0}` }));
  }
}

function treeItem(row: TreeRow): vscode.TreeItem {
  const { id, kind, label, description, tooltip, icon, click } = row;
  const item = new vscode.TreeItem(label, collapsibleState(row));
  item.id = id;
  item.contextValue = kind;
  item.tooltip = tooltip ?? label;
  // Else the tooltip would be read, which may be long.
  item.accessibilityInformation = { label: [label, description].filter(Boolean).join(', ') };
  if (description !== undefined) item.description = description;
  if (icon) item.iconPath = themeIcon(icon.id, icon.color);
  if (click) {
    const { command, title, argument } = click;
    item.command = { command, title, arguments: argument === undefined ? [] : [argument] };
  }
  return item;
}

function themeIcon(id: string, color: string | undefined): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id, color === undefined ? undefined : new vscode.ThemeColor(color));
}

function collapsibleState({ children, collapsed }: TreeRow): vscode.TreeItemCollapsibleState {
  if (!children) return vscode.TreeItemCollapsibleState.None;
  return collapsed
    ? vscode.TreeItemCollapsibleState.Collapsed
    : vscode.TreeItemCollapsibleState.Expanded;
}
