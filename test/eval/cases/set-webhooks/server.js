import { accept } from './deliveries.js';

const counters = { accepted: 0, repeated: 0 };

function receive(source, payload) {
  const body = JSON.stringify(payload);
  if (accept({ source, body })) counters.accepted += payload.items.length;
  else counters.repeated++;
}

export function work(i) {
  const payload = { id: i, items: ['paid', 'shipped'] };
  receive('payments', payload);
  receive('payments', payload);
  receive('carrier', payload);
}
