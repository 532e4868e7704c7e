import { parentPort } from 'node:worker_threads';

parentPort.on('message', ({ id, invoice }) => {
  const page = invoice.lines.map(({ text, price }) => `${text}: ${price}`).join('\n');
  if (invoice.urgent) parentPort.postMessage({ id, page });
});
