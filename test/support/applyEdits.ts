import type { TextEdit } from '../../src/source/editedSource';

/** The text with edits that do not meet. Those at the same place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.map((edit, order) => ({ ...edit, order }));
  ordered.sort((a, b) => b.start - a.start || b.order - a.order);
  return ordered.reduce(
    (edited, { start, end, text: put }) => edited.slice(0, start) + put + edited.slice(end),
    text,
  );
}
