/**
 * Positions carry their base in the type, because every producer has its own: V8's `locations` and
 * `scriptParsed` count from 0, people, reports and allocation traces from 1, source maps count lines
 * from 1 and columns from 0.
 */
export interface Position0 {
  readonly base: 0;
  readonly line: number;
  readonly column: number;
}

export interface Position1 {
  readonly base: 1;
  readonly line: number;
  readonly column: number;
}

/** A 0-based position (line and column). */
export function position0(line: number, column: number): Position0 {
  return { base: 0, line, column };
}

/** A 1-based position (line and column). */
export function position1(line: number, column: number): Position1 {
  return { base: 1, line, column };
}

/** The same place, counted from 1. */
export function toBase1(position: Position0): Position1 {
  return position1(position.line + 1, position.column + 1);
}

/** The same place, counted from 0. */
export function toBase0(position: Position1): Position0 {
  return position0(position.line - 1, position.column - 1);
}
