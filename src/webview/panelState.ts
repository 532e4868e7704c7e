/** What survives hiding and reloading of the panel: how the tree of one finding was left. */
export interface PanelState {
  readonly resultId: number;
  readonly rank: number;
  /** Keys of the open rows. */
  readonly expanded: readonly string[];
  readonly focusedKey: string | undefined;
  /** In CSS pixels. */
  readonly scrollTop: number;
}

/** The state if `value`, which another version may have saved, has its shape. */
export function readPanelState(value: unknown): PanelState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { resultId, rank, expanded, focusedKey, scrollTop } = value as Record<string, unknown>;
  if (typeof resultId !== 'number' || typeof rank !== 'number') return undefined;
  return {
    resultId,
    rank,
    expanded: Array.isArray(expanded) ? expanded.filter((key) => typeof key === 'string') : [],
    focusedKey: typeof focusedKey === 'string' ? focusedKey : undefined,
    scrollTop: typeof scrollTop === 'number' ? scrollTop : 0,
  };
}
