import type { ObjectRow, TreeRow } from './retainerTree';

/** What a key does to a tree with the focus on one of its rows. */
export type TreeAction =
  | { readonly kind: 'focus'; readonly key: string }
  | { readonly kind: 'expand' | 'collapse' | 'activate' };

/**
 * The keys of the WAI-ARIA tree view pattern, as VS Code's own trees have them.
 * @param key As `KeyboardEvent.key` has it.
 * @returns undefined if the tree has no use for the key.
 */
export function treeAction(
  rows: readonly TreeRow[],
  focused: TreeRow,
  key: string,
): TreeAction | undefined {
  const index = rows.indexOf(focused);
  switch (key) {
    case 'ArrowDown':
      return focusOn(rows[index + 1]);
    case 'ArrowUp':
      return focusOn(rows[index - 1]);
    case 'Home':
      return focusOn(rows[0]);
    case 'End':
      return focusOn(rows.at(-1));
    case 'ArrowRight':
      return right(rows[index + 1], focused);
    case 'ArrowLeft':
      return left(rows, focused);
    case 'Enter':
      return { kind: 'activate' };
    case ' ':
      return isExpandable(focused)
        ? { kind: focused.expanded ? 'collapse' : 'expand' }
        : { kind: 'activate' };
    default:
      return undefined;
  }
}

function right(next: TreeRow | undefined, focused: TreeRow): TreeAction | undefined {
  if (!isExpandable(focused)) return undefined;
  return focused.expanded ? focusOn(next) : { kind: 'expand' };
}

function left(rows: readonly TreeRow[], focused: TreeRow): TreeAction | undefined {
  if (isExpandable(focused) && focused.expanded) return { kind: 'collapse' };
  return focusOn(rows.find((row) => row.key === focused.parentKey));
}

function focusOn(row: TreeRow | undefined): TreeAction | undefined {
  return row && { kind: 'focus', key: row.key };
}

function isExpandable(row: TreeRow): row is ObjectRow {
  return row.kind === 'object' && row.object.expandable;
}
