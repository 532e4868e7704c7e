import { render } from './renderer.mjs';

/** POST /invoices */
export async function work(i) {
  const invoice = { number: i, lines: [{ text: `item ${i}`, price: i % 80 }] };
  const page = render(invoice);
  await new Promise((resolve) => setImmediate(resolve));
  if (i % 50 === 0) await render({ ...invoice, urgent: true });
  return page;
}
