import { EventEmitter, once } from 'node:events';

export const printers = ['north', 'south'].map((hall) => ({
  hall,
  events: new EventEmitter(),
  printed: 0,
  queue: undefined,
}));

function connect(printer) {
  setTimeout(() => printer.events.emit('online'), 20);
  return once(printer.events, 'ready');
}

async function print(printer, label) {
  printer.printed += 1;
  return `${printer.hall}: ${label.text}`;
}

export function enqueue(printer, label) {
  printer.queue ??= connect(printer);
  printer.queue = printer.queue.then(() => print(printer, label));
}
