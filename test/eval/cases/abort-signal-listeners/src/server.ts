import { exportRows, type Row } from './exportJob';
import { shutdown } from './shutdown';

let bytes = 0;

async function write(line: string): Promise<void> {
  bytes += line.length;
}

export async function work(i: number): Promise<number> {
  const rows: Row[] = Array.from({ length: 4 }, (_, at) => ({ id: at, text: 'row of report ' + i }));
  await exportRows(rows, write, shutdown);
  return bytes;
}
