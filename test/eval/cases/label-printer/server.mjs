import { enqueue, printers } from './printing.mjs';

/** POST /parcels/:id/label */
export function work(i) {
  const printer = printers[i % printers.length];
  enqueue(printer, { parcel: i, text: `label for parcel ${i}` });
  return printer.printed;
}
