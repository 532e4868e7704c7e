/** Entries of one level of a tree, of which some are open. */
export interface LevelLayout {
  /** Key of the entry that this level lies below; empty for the top level. */
  readonly key: string;
  readonly level: number;
  /** Entries of this level alone. */
  readonly entries: number;
  /** Rows of this level and all that is open below it. */
  readonly rows: number;
  /** Ascending. */
  readonly open: readonly OpenEntry[];
}

export interface OpenEntry {
  /** Of the entry within its level. */
  readonly index: number;
  readonly below: LevelLayout;
}

/** Where a row stands: in a level, at the entry with this index. */
export interface LayoutEntry {
  readonly level: LevelLayout;
  readonly index: number;
}

export function levelLayout(
  key: string,
  level: number,
  entries: number,
  open: readonly OpenEntry[],
): LevelLayout {
  const rows = open.reduce((sum, { below }) => sum + below.rows, entries);
  return { key, level, entries, rows, open };
}

/** The entry that row `row`, counted from 0, shows. Takes a look at what is open, not at each row. */
export function entryAtRow(top: LevelLayout, row: number): LayoutEntry {
  let level = top;
  let rest = row;
  for (;;) {
    const open = lastOpenBefore(level, rest);
    if (!open) return { level, index: rest };
    const within = rest - open.row - 1;
    if (within >= open.below.rows)
      return { level, index: rest - open.rowsBefore - open.below.rows };
    level = open.below;
    rest = within;
  }
}

/** The row of the entry to which `indexes` lead, one a level; undefined if it is not shown. */
export function rowOfEntry(top: LevelLayout, indexes: readonly number[]): number | undefined {
  let level: LevelLayout | undefined = top;
  let row = -1;
  for (const index of indexes) {
    if (!level || index >= level.entries) return undefined;
    row += 1 + index;
    for (const { index: before, below } of level.open) if (before < index) row += below.rows;
    level = level.open.find((entry) => entry.index === index)?.below;
  }
  return row;
}

/** The last open entry that stands before row `row` of its level, and the rows opened before it. */
function lastOpenBefore(level: LevelLayout, row: number) {
  let rowsBefore = 0;
  let found: { row: number; rowsBefore: number; below: LevelLayout } | undefined;
  for (const { index, below } of level.open) {
    if (index + rowsBefore >= row) break;
    found = { row: index + rowsBefore, rowsBefore, below };
    rowsBefore += below.rows;
  }
  return found;
}
