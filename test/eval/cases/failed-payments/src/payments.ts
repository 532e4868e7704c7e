import { failures, PaymentError } from './failures';

export interface Payment {
  readonly order: number;
  readonly amount: number;
  readonly card: string;
}

function authorise(payment: Payment): string {
  if (payment.amount % 2 === 0) throw new PaymentError(payment, 'declined');
  return `paid ${payment.order}`;
}

export function charge(payment: Payment): string {
  try {
    return authorise(payment);
  } catch (error) {
    failures.push(error as PaymentError);
    return `failed, ${failures.length} so far`;
  }
}
