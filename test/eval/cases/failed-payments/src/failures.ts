import type { Payment } from './payments';

export class PaymentError extends Error {
  constructor(
    readonly payment: Payment,
    reason: string,
  ) {
    super(`order ${payment.order}: ${reason}`);
    this.name = 'PaymentError';
  }
}

export const failures: PaymentError[] = [];
