/** What survives hiding and reloading of the panel: how the tree of one finding was left. */
export interface PanelState {
  /** As in PanelResult: a tree is of one heap. */
  readonly heap: string;
  readonly rank: number;
  /** Keys of the open rows. */
  readonly expanded: readonly string[];
  readonly filter: string;
  readonly focusedKey: string | undefined;
  /** Of the page, in CSS pixels. */
  readonly scrollTop: number;
  /** Of the tree within the page, in CSS pixels. */
  readonly treeScrollTop: number;
}

/** The state if `value`, which another version may have saved, has its shape. */
export function readPanelState(value: unknown): PanelState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const state = value as Record<string, unknown>;
  const { heap, rank, expanded } = state;
  if (typeof heap !== 'string' || typeof rank !== 'number') return undefined;
  const text = (key: string) => (typeof state[key] === 'string' ? state[key] : undefined);
  const number = (key: string) => (typeof state[key] === 'number' ? state[key] : 0);
  return {
    heap,
    rank,
    expanded: Array.isArray(expanded) ? expanded.filter((key) => typeof key === 'string') : [],
    filter: text('filter') ?? '',
    focusedKey: text('focusedKey'),
    scrollTop: number('scrollTop'),
    treeScrollTop: number('treeScrollTop'),
  };
}
