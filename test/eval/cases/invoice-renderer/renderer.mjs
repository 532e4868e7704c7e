import { Worker } from 'node:worker_threads';

const worker = new Worker(new URL('./printer.mjs', import.meta.url));
worker.unref();

const waiting = new Map();
let lastId = 0;

worker.on('message', ({ id, page }) => {
  waiting.get(id)?.(page);
  waiting.delete(id);
});

export function render(invoice) {
  const id = ++lastId;
  const page = new Promise((resolve) => waiting.set(id, resolve));
  worker.postMessage({ id, invoice });
  return invoice.urgent ? page : undefined;
}
