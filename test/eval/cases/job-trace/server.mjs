import { EventEmitter, once } from 'node:events';
import { currentTrace, trace } from './trace.mjs';

const jobs = [];
const bell = new EventEmitter();

async function charge(order) {
  await null;
  return `${currentTrace().name}: ${order.amount}`;
}

async function consume() {
  for (;;) {
    while (jobs.length === 0) await once(bell, 'job');
    const job = jobs.shift();
    trace(`charge ${job.order.id}`);
    job.resolve(await charge(job.order));
  }
}
void consume();

export function work(i) {
  return new Promise((resolve) => {
    jobs.push({ order: { id: i, amount: i % 90 }, resolve });
    bell.emit('job');
  });
}
