import { describeError } from '../base/errors';
import { Emitter } from '../base/event';
import type { PanelPlace, PanelRetainerPage } from './panelContract';

/** Rows asked for at a time; also the most that one message may carry. */
export const PAGE_ROWS = 200;

/** Fetches retainers of `node`, which is an ordinal in the last snapshot. */
export type LoadPage = (node: number, offset: number) => Promise<PanelRetainerPage>;

/** An object in the tree: a step of the retaining path, or a retainer of the object above it. */
export interface TreeObject {
  /** From the step before to this object on the path; from this object to its parent below it. */
  readonly edge: string;
  readonly className: string;
  readonly objectId: number;
  /** Undefined if its retainers cannot be asked. */
  readonly node: number | undefined;
  readonly expandable: boolean;
  /** In bytes; only retainers have them. */
  readonly size?: { readonly shallow: number; readonly retained: number };
  readonly place?: PanelPlace;
}

interface RowPosition {
  /** Stable as long as the tree's roots are: the indexes on the way from the root. */
  readonly key: string;
  /** 1 is a step of the path. */
  readonly level: number;
  readonly parentKey: string | undefined;
}

export interface ObjectRow extends RowPosition {
  readonly kind: 'object';
  readonly object: TreeObject;
  readonly expanded: boolean;
  /** Counted from 1. */
  readonly position: number;
  readonly siblings: number;
}

/** Stands for what is not loaded: pending, failed, nothing there, or left for the next page. */
export interface StatusRow extends RowPosition {
  readonly kind: 'loading' | 'failed' | 'none' | 'more';
  readonly text: string;
}

export type TreeRow = ObjectRow | StatusRow;

interface Branch {
  readonly node: number;
  readonly children: TreeObject[];
  total: number | undefined;
  loading: boolean;
  failure: string | undefined;
}

/**
 * The retaining path of a finding, each step of which opens into the objects that keep it alive,
 * loaded page by page. Retainers form cycles; a tree is a walk in them, so any depth may be opened.
 */
export class RetainerTree {
  private readonly branches = new Map<string, Branch>();
  private readonly expanded: Set<string>;
  private readonly changed = new Emitter<void>();
  private disposed = false;
  readonly onDidChange = this.changed.event;

  /** @param expanded Keys that were open before; their rows are loaded again. */
  constructor(
    private readonly path: readonly TreeObject[],
    private readonly loadPage: LoadPage,
    expanded: readonly string[] = [],
  ) {
    this.expanded = new Set(expanded);
    path.forEach((object, index) => this.reopen(String(index), object));
  }

  /** Keys of the open rows, to be given to the constructor later. */
  get expandedKeys(): string[] {
    return [...this.expanded];
  }

  get isLoading(): boolean {
    return [...this.branches.values()].some((branch) => branch.loading);
  }

  rows(): TreeRow[] {
    const rows: TreeRow[] = [];
    this.appendObjects(rows, this.path, this.path.length, undefined, 1);
    return rows;
  }

  expand(row: ObjectRow): void {
    if (!row.object.expandable || row.object.node === undefined) return;
    this.expanded.add(row.key);
    if (!this.branches.has(row.key)) this.load(row.key, row.object.node);
    this.changed.fire();
  }

  collapse(row: ObjectRow): void {
    if (this.expanded.delete(row.key)) this.changed.fire();
  }

  toggle(row: ObjectRow): void {
    if (row.expanded) this.collapse(row);
    else this.expand(row);
  }

  /** Loads the next page of the branch that a `more` or `failed` row stands in. */
  loadMore(row: StatusRow): void {
    const branch = row.parentKey === undefined ? undefined : this.branches.get(row.parentKey);
    if (!branch || branch.loading || row.parentKey === undefined) return;
    this.load(row.parentKey, branch.node);
    this.changed.fire();
  }

  /** Answers that arrive later are dropped. */
  dispose(): void {
    this.disposed = true;
    this.changed.dispose();
  }

  private load(key: string, node: number): void {
    const branch = this.branches.get(key) ?? newBranch(node);
    this.branches.set(key, branch);
    branch.loading = true;
    branch.failure = undefined;
    this.loadPage(node, branch.children.length).then(
      (page) => this.onPage(key, branch, page),
      (error: unknown) => this.onFailure(branch, error),
    );
  }

  private onPage(key: string, branch: Branch, page: PanelRetainerPage): void {
    if (this.disposed) return;
    branch.loading = false;
    branch.total = page.total;
    for (const { shallowBytes, retainedBytes, ...object } of page.rows) {
      const child = { ...object, size: { shallow: shallowBytes, retained: retainedBytes } };
      this.reopen(`${key}/${branch.children.length}`, child);
      branch.children.push(child);
    }
    this.changed.fire();
  }

  private onFailure(branch: Branch, error: unknown): void {
    if (this.disposed) return;
    branch.loading = false;
    branch.failure = describeError(error);
    this.changed.fire();
  }

  private reopen(key: string, object: TreeObject): void {
    if (this.expanded.has(key) && object.node !== undefined) this.load(key, object.node);
  }

  private appendObjects(
    rows: TreeRow[],
    objects: readonly TreeObject[],
    siblings: number,
    parentKey: string | undefined,
    level: number,
  ): void {
    objects.forEach((object, index) => {
      const key = parentKey === undefined ? String(index) : `${parentKey}/${index}`;
      const expanded = this.expanded.has(key);
      const place = { key, level, parentKey };
      rows.push({ kind: 'object', ...place, object, expanded, position: index + 1, siblings });
      const branch = expanded ? this.branches.get(key) : undefined;
      if (branch) this.appendBranch(rows, branch, key, level + 1);
    });
  }

  private appendBranch(rows: TreeRow[], branch: Branch, parentKey: string, level: number): void {
    const { children, total = 0, loading, failure } = branch;
    this.appendObjects(rows, children, total, parentKey, level);
    const add = (kind: StatusRow['kind'], text: string) =>
      rows.push({ kind, key: `${parentKey}/${kind}`, level, parentKey, text });
    if (loading) add('loading', 'Loading…');
    else if (failure !== undefined) add('failed', `${failure} Try again`);
    else if (total === 0) add('none', 'Nothing else keeps this object alive');
    else if (children.length < total) {
      const next = Math.min(PAGE_ROWS, total - children.length);
      add('more', `Show ${next} more of ${total - children.length}`);
    }
  }
}

function newBranch(node: number): Branch {
  return { node, children: [], total: undefined, loading: false, failure: undefined };
}
