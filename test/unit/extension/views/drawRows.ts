import type { TreeRow } from '../../../../src/extension/views/treeRow';

/** Rows as an indented text: label, description, and the kind where it is asked for. */
export function drawRows(rows: readonly TreeRow[], withKind = false, indent = ''): string {
  return rows
    .map(({ label, description, kind, children }) => {
      const parts = [label, ...(description ? [description] : []), ...(withKind ? [kind] : [])];
      return `${indent}${parts.join(' | ')}\n${drawRows(children ?? [], withKind, `${indent}  `)}`;
    })
    .join('');
}

/** The ids of rows and of all below them. */
export function rowIds(rows: readonly TreeRow[]): string[] {
  return rows.flatMap(({ id, children }) => [id, ...rowIds(children ?? [])]);
}
