/** A place in a text as editors have it: line and character count from 0. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** What was replaced, in the text as the changes before it left it, and by what. */
export interface TextChange {
  readonly range: { readonly start: TextPosition; readonly end: TextPosition };
  readonly text: string;
}

/**
 * Where a position is after changes were made one after another. It stays with the text that it
 * stood before; where that was replaced, it stays on its line as far as the new text reaches.
 */
export function movePosition(position: TextPosition, changes: readonly TextChange[]): TextPosition {
  return changes.reduce(moveOnce, position);
}

function moveOnce(position: TextPosition, { range, text }: TextChange): TextPosition {
  const { start, end } = range;
  if (isBefore(position, start)) return position;
  const lines = text.split(/\r\n|\r|\n/);
  const added = lines.length - 1;
  if (isBefore(position, end)) {
    return { ...position, line: Math.min(position.line, start.line + added) };
  }
  const line = position.line + start.line + added - end.line;
  if (position.line > end.line) return { ...position, line };
  const lastEnd = lines[added].length + (added === 0 ? start.character : 0);
  return { line, character: position.character - end.character + lastEnd };
}

function isBefore(a: TextPosition, b: TextPosition): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
