import { Reservations } from './reservations.mjs';

const stock = new Map([
  ['tea', 1e9],
  ['mug', 1e9],
]);
const reservations = new Reservations(stock);

export function work(i) {
  const reservation = reservations.hold('customer ' + i, i % 2 ? 'tea' : 'mug', 1 + (i % 3));
  reservations.confirm(reservation);
}
