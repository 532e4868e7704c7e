/** Rows with all columns but the last as wide as their widest cell. */
export function alignRight(rows: readonly (readonly string[])[]): string[] {
  const last = (rows[0]?.length ?? 0) - 1;
  const widths = Array.from({ length: last }, (_, column) =>
    rows.reduce((width, row) => Math.max(width, row[column].length), 0),
  );
  return rows.map((row) =>
    row.map((cell, column) => (column < last ? cell.padStart(widths[column]) : cell)).join('  '),
  );
}
