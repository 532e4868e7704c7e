import * as l10n from '@vscode/l10n';
import { Emitter } from '../base/event';
import type { PanelRetainerPage } from './panelContract';
import { RetainerPages, type TreeObject } from './retainerPages';
import {
  entryAtRow,
  levelLayout,
  rowOfEntry,
  type LevelLayout,
  type OpenEntry,
} from './treeLayout';

/** Pages that may be under way at once: a scroll asks again for what is visible when it ends. */
const MAX_PENDING_PAGES = 2;
/** Stands in `expandedKeys` for the steps inside Node.js. */
const FOLD_KEY = 'steps';

/** Fetches retainers of `node`, an ordinal in the last snapshot, that `filter` lets through. */
export type LoadPage = (node: number, offset: number, filter: string) => Promise<PanelRetainerPage>;

interface RowPosition {
  /** Stable as long as the path and the filter are: the indexes on the way from the top. */
  readonly key: string;
  /** 1 is a step of the path. */
  readonly level: number;
  readonly parentKey: string | undefined;
  /** Counted from 1; undefined where it is not known yet. */
  readonly position: number | undefined;
  readonly siblings: number | undefined;
}

export interface ObjectRow extends RowPosition {
  readonly kind: 'object';
  readonly object: TreeObject;
  readonly expanded: boolean;
}

/** Stands where an object is not loaded, where there is none, and for the folded steps. */
interface StatusRow extends RowPosition {
  readonly kind: 'loading' | 'failed' | 'none' | 'folded';
  readonly text: string;
}

export type TreeRow = ObjectRow | StatusRow;

export interface RetainerTreeOptions {
  /** Keys that were open before; their rows are loaded again. */
  readonly expanded?: readonly string[];
  readonly filter?: string;
  /** Steps at the start of the path that one row stands for until it is opened. */
  readonly stepsInsideNode?: number;
}

/**
 * The retaining path of a finding, each step of which opens into the objects that keep it alive,
 * loaded page by page. Retainers form cycles; a tree is a walk in them, so any depth may be opened.
 * Rows are made when they are asked for: there may be millions.
 */
export class RetainerTree {
  /** By the key of the object; of open objects, and of those that were closed again. */
  private readonly lists = new Map<string, RetainerPages>();
  private readonly expanded: Set<string>;
  private readonly foldable: number;
  private readonly changed = new Emitter<void>();
  private filterText: string;
  private top: LevelLayout;
  private disposed = false;
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly path: readonly TreeObject[],
    private readonly loadPage: LoadPage,
    { expanded = [], filter = '', stepsInsideNode = 0 }: RetainerTreeOptions = {},
  ) {
    this.expanded = new Set(expanded);
    this.filterText = filter;
    this.foldable = stepsInsideNode;
    path.forEach((object, index) => this.reopen(String(index), object));
    this.top = this.layOut();
  }

  /** Keys of the open rows, to be given to the constructor later. */
  get expandedKeys(): string[] {
    return [...this.expanded];
  }

  get filter(): string {
    return this.filterText;
  }

  get rowCount(): number {
    return this.top.rows;
  }

  get isLoading(): boolean {
    return this.pendingPages > 0;
  }

  /** Retainers in all lists that are open; undefined if none is, or one is not loaded. */
  get retainerCount(): number | undefined {
    const open = [...this.lists].filter(([key]) => this.expanded.has(key));
    if (open.length === 0) return undefined;
    return open.reduce<number | undefined>(
      (sum, [, { total }]) => (sum === undefined || total === undefined ? undefined : sum + total),
      0,
    );
  }

  /** @param index From 0 up to, without, `rowCount`. */
  rowAt(index: number): TreeRow {
    const { level, index: entry } = entryAtRow(this.top, index);
    return level.level === 1 ? this.stepRow(entry) : this.retainerRow(level, entry);
  }

  /** Undefined if no row has this key now. */
  indexOf(key: string): number | undefined {
    const [step, ...indexes] = key.split('/').map(Number);
    const entry = step === 0 ? 0 : step - this.hiddenSteps;
    return entry >= 0 ? rowOfEntry(this.top, [entry, ...indexes]) : undefined;
  }

  /** The objects of the path from its first step to the one with this key. */
  stepsTo(key: string): readonly TreeObject[] {
    return this.path.slice(0, Number(key) + 1);
  }

  /** Loads what is missing between two rows, the ones that can be seen; told again on each change. */
  show(first: number, last: number): void {
    for (let row = first; row <= last && this.pendingPages < MAX_PENDING_PAGES; row++) {
      const { level, index } = entryAtRow(this.top, row);
      this.lists.get(level.key)?.want(index);
    }
  }

  expand(row: ObjectRow): void {
    const { node, expandable } = row.object;
    if (!expandable || node === undefined) return;
    this.expanded.add(row.key);
    if (!this.lists.has(row.key)) this.load(row.key, node);
    this.change();
  }

  collapse(row: ObjectRow): void {
    if (this.expanded.delete(row.key)) this.change();
  }

  /** What a click does: opens or closes an object, unfolds steps, tries again what failed. */
  toggle(row: TreeRow): void {
    if (row.kind === 'object') {
      if (row.expanded) this.collapse(row);
      else this.expand(row);
    } else if (row.kind === 'folded') {
      this.expanded.add(FOLD_KEY);
      this.change();
    } else if (row.kind === 'failed' && row.parentKey !== undefined) {
      this.lists.get(row.parentKey)?.retry((row.position ?? 1) - 1);
      this.change();
    }
  }

  /** Shows only retainers whose class or edge has `text` in it. Opened retainers are closed. */
  setFilter(text: string): void {
    if (text === this.filterText) return;
    this.filterText = text;
    for (const pages of this.lists.values()) pages.dispose();
    this.lists.clear();
    for (const key of this.expandedKeys) if (key.includes('/')) this.expanded.delete(key);
    this.path.forEach((object, index) => this.reopen(String(index), object));
    this.change();
  }

  /** Answers that arrive later are dropped. */
  dispose(): void {
    this.disposed = true;
    for (const pages of this.lists.values()) pages.dispose();
    this.changed.dispose();
  }

  private get pendingPages(): number {
    let pending = 0;
    for (const pages of this.lists.values()) pending += pages.pendingPages;
    return pending;
  }

  /** Steps that have no row of their own: one row stands for all that are folded. */
  private get hiddenSteps(): number {
    return this.foldable > 1 && !this.expanded.has(FOLD_KEY) ? this.foldable - 1 : 0;
  }

  private change(): void {
    if (this.disposed) return;
    this.top = this.layOut();
    this.changed.fire();
  }

  private load(key: string, node: number): void {
    const pages = new RetainerPages(
      (offset) => this.loadPage(node, offset, this.filterText),
      () => {
        this.reopenBelow(key, pages);
        this.change();
      },
    );
    this.lists.set(key, pages);
    pages.want(0);
  }

  private reopen(key: string, { node }: TreeObject): void {
    if (this.expanded.has(key) && !this.lists.has(key) && node !== undefined) this.load(key, node);
  }

  /** Opens what was open before below an object, some of which may lie in pages not loaded yet. */
  private reopenBelow(key: string, pages: RetainerPages): void {
    for (const child of this.expanded) {
      if (this.lists.has(child) || parentOf(child) !== key) continue;
      const index = indexOf(child);
      const object = pages.at(index);
      if (object) this.reopen(child, object);
      else if (index < (pages.total ?? 0)) pages.want(index);
    }
  }

  private layOut(): LevelLayout {
    const openBelow = new Map<string, { key: string; index: number }[]>();
    for (const key of this.expanded) {
      if (!this.lists.has(key)) continue;
      const parentKey = parentOf(key) ?? '';
      const index = indexOf(key) - (parentKey === '' ? this.hiddenSteps : 0);
      if (index < 0) continue;
      openBelow.set(parentKey, [...(openBelow.get(parentKey) ?? []), { key, index }]);
    }
    const layLevel = (key: string, level: number, entries: number): LevelLayout => {
      const open = (openBelow.get(key) ?? []).filter(({ index }) => index < entries);
      open.sort((a, b) => a.index - b.index);
      const below = open.map((entry): OpenEntry => ({
        index: entry.index,
        // A list without entries has a row that says why.
        below: layLevel(entry.key, level + 1, this.lists.get(entry.key)?.total || 1),
      }));
      return levelLayout(key, level, entries, below);
    };
    return layLevel('', 1, this.path.length - this.hiddenSteps);
  }

  private stepRow(entry: number): TreeRow {
    const siblings = this.top.entries;
    const place = { level: 1, parentKey: undefined, position: entry + 1, siblings };
    if (entry === 0 && this.hiddenSteps > 0) {
      const text = l10n.t('{0} steps inside Node.js', this.foldable);
      return { kind: 'folded', key: '0', ...place, text };
    }
    const step = entry + this.hiddenSteps;
    return this.objectRow({ key: String(step), ...place }, this.path[step]);
  }

  private retainerRow({ key: parentKey, level }: LevelLayout, entry: number): TreeRow {
    const pages = this.lists.get(parentKey);
    const siblings = pages?.total || undefined;
    const place = {
      ...{ key: `${parentKey}/${entry}`, level, parentKey, siblings },
      position: siblings && entry + 1,
    };
    const object = pages?.at(entry);
    if (object) return this.objectRow(place, object);
    const failure = pages?.failureAt(entry);
    if (failure !== undefined)
      return { kind: 'failed', ...place, text: `${failure} ${l10n.t('Try again')}` };
    if (pages?.total === 0) return { kind: 'none', ...place, text: this.noneText };
    return { kind: 'loading', ...place, text: l10n.t('Loading…') };
  }

  private objectRow(place: RowPosition, object: TreeObject): ObjectRow {
    const expanded = this.expanded.has(place.key) && this.lists.has(place.key);
    return { kind: 'object', ...place, object, expanded };
  }

  private get noneText(): string {
    return this.filterText === ''
      ? l10n.t('Nothing else keeps this object alive')
      : l10n.t('No retainer of this object matches the filter');
  }
}

function parentOf(key: string): string | undefined {
  const end = key.lastIndexOf('/');
  return end < 0 ? undefined : key.slice(0, end);
}

/** The index of an entry in its level. */
function indexOf(key: string): number {
  return Number(key.slice(key.lastIndexOf('/') + 1));
}
