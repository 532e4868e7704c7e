import { formatPrice } from './prices';

const currencies = ['EUR', 'USD', 'GBP'];

/** GET /products/:id/price */
export function work(i: number): string {
  return formatPrice(i * 1.19, {
    locale: i % 2 ? 'de' : 'en',
    currency: currencies[i % 3],
    requestedBy: `user ${i}`,
  });
}
