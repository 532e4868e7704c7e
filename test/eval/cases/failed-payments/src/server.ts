import { charge, type Payment } from './payments';

/** POST /payments */
export function work(i: number): string {
  const payment: Payment = { order: i, amount: i % 90, card: `card ${i % 13}` };
  return charge(payment);
}
