export interface Row {
  readonly id: number;
  readonly text: string;
}

/** Writes rows until all are written or the server stops. */
export async function exportRows(
  rows: readonly Row[],
  write: (line: string) => Promise<void>,
  signal: AbortSignal,
): Promise<number> {
  let stopped = false;
  const stop = () => {
    stopped = true;
    console.error('stopped at ' + written + ' of ' + rows.length);
  };
  let written = 0;
  signal.addEventListener('abort', stop);
  for (const row of rows) {
    if (stopped) break;
    await write(row.id + ';' + row.text);
    written++;
  }
  return written;
}
