import { Readable } from 'node:stream';
import { Gate } from './gate.mjs';

const gate = new Gate(2);

async function* rowsOf(report) {
  await gate.enter();
  for (const row of report.rows) {
    if (row.amount < 0) throw new RangeError(`amount of row ${row.number}`);
    yield `${row.number};${row.amount}\n`;
  }
  gate.leave();
}

function exportReport(report) {
  const stream = Readable.from(rowsOf(report));
  stream.on('error', () => {});
  stream.resume();
  return stream;
}

/** POST /exports */
export async function work(i) {
  const rows = [1, 2, 3].map((number) => ({ number, amount: i % 50 === 7 ? -1 : i + number }));
  exportReport({ name: `report ${i}`, rows });
  await new Promise((resolve) => setImmediate(resolve));
}
