import { EventEmitter } from 'node:events';
import { follow } from './updates.mjs';

export const orders = new EventEmitter();
orders.setMaxListeners(0);

function status(i) {
  return { id: i, state: i % 3 === 0 ? 'paid' : 'packed', at: Date.now() };
}

/** GET /orders/:id/updates: answers with the first change of the order. */
export async function work(i) {
  const page = { order: i, customer: `customer ${i % 40}`, lines: [] };
  const done = new AbortController();
  const following = follow(orders, page, done.signal);
  orders.emit('changed', status(i));
  await new Promise((resolve) => setImmediate(resolve));
  done.abort();
  void following;
  return page.lines.length;
}
