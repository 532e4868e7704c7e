import type { ObjectRow, TreeRow } from './retainerTree';

/** What a key does to a tree with the focus on one of its rows. */
export type TreeAction =
  | { readonly kind: 'focus'; readonly index: number }
  | { readonly kind: 'expand' | 'collapse' | 'activate' };

/** Rows by index, counted from 0. */
interface Rows {
  readonly rowCount: number;
  rowAt(index: number): TreeRow;
  indexOf(key: string): number | undefined;
}

/**
 * The keys of the WAI-ARIA tree view pattern, as VS Code's own trees have them.
 * @param focused Index of the row with the focus.
 * @param key As `KeyboardEvent.key` has it.
 * @param pageRows Rows that can be seen at once.
 * @returns undefined if the tree has no use for the key.
 */
export function treeAction(
  rows: Rows,
  focused: number,
  key: string,
  pageRows: number,
): TreeAction | undefined {
  const row = rows.rowAt(focused);
  const last = rows.rowCount - 1;
  const focusOn = (index: number | undefined): TreeAction | undefined =>
    index === undefined || index === focused || index < 0 || index > last
      ? undefined
      : { kind: 'focus', index };
  switch (key) {
    case 'ArrowDown':
      return focusOn(focused + 1);
    case 'ArrowUp':
      return focusOn(focused - 1);
    case 'PageDown':
      return focusOn(Math.min(focused + pageRows, last));
    case 'PageUp':
      return focusOn(Math.max(focused - pageRows, 0));
    case 'Home':
      return focusOn(0);
    case 'End':
      return focusOn(last);
    case 'ArrowRight':
      if (!isExpandable(row)) return undefined;
      return row.expanded ? focusOn(focused + 1) : { kind: 'expand' };
    case 'ArrowLeft':
      if (isExpandable(row) && row.expanded) return { kind: 'collapse' };
      return row.parentKey === undefined ? undefined : focusOn(rows.indexOf(row.parentKey));
    case 'Enter':
      return { kind: 'activate' };
    case ' ':
      if (!isExpandable(row)) return { kind: 'activate' };
      return { kind: row.expanded ? 'collapse' : 'expand' };
    default:
      return undefined;
  }
}

function isExpandable(row: TreeRow): row is ObjectRow {
  return row.kind === 'object' && row.object.expandable;
}
