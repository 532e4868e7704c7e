import { Outbox } from './outbox.mjs';
import { openConnection } from './relay.mjs';

const outbox = new Outbox(openConnection());
void outbox.run();

/** POST /register: sends a mail to the new customer. */
export function work(i) {
  return outbox.add({ to: `customer${i}@example.com`, subject: 'Welcome', body: `Hello ${i}` });
}
