import { Ledger } from './ledger.js';

const ledger = new Ledger();

/** POST /:tenant/invoices, paid at once */
export function work(i: number): number {
  const tenant = `tenant ${i % 25}`;
  ledger.open(tenant, { number: i, total: (i % 40) * 3, paid: false });
  ledger.pay(tenant, i);
  return ledger.due(tenant);
}
