import { memoize } from './memoize';

export interface PriceOptions {
  readonly locale: string;
  readonly currency: string;
  readonly requestedBy: string;
}

const formatter = memoize(
  ({ locale, currency }: PriceOptions) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency }),
);

export function formatPrice(price: number, options: PriceOptions): string {
  return formatter(options).format(price);
}
