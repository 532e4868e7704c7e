export interface Invoice {
  readonly number: number;
  readonly total: number;
  paid: boolean;
}

export class Ledger {
  private readonly tenants = new Map<string, Map<number, Invoice>>();

  open(tenant: string, invoice: Invoice): void {
    this.of(tenant).set(invoice.number, invoice);
  }

  pay(tenant: string, number: number): void {
    const invoice = this.of(tenant).get(number);
    if (invoice) invoice.paid = true;
  }

  due(tenant: string): number {
    let sum = 0;
    for (const { paid, total } of this.of(tenant).values()) if (!paid) sum += total;
    return sum;
  }

  private of(tenant: string): Map<number, Invoice> {
    const known = this.tenants.get(tenant);
    if (known) return known;
    const invoices = new Map<number, Invoice>();
    this.tenants.set(tenant, invoices);
    return invoices;
  }
}
