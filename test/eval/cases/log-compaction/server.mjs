import { setTimeout as pause } from 'node:timers/promises';

let log = [];
const totals = new Map();

function compact() {
  const entries = log;
  log = [];
  for (const { product, sold } of entries) totals.set(product, (totals.get(product) ?? 0) + sold);
}

setInterval(compact, 250).unref();

/** POST /sales */
export async function work(i) {
  log.push({ product: `product ${i % 45}`, sold: 1 + (i % 3), note: `sale ${i}` });
  if (i % 50 === 0) await pause(1);
  return log.length;
}
