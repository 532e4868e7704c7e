import { rulesOf } from './rules.mjs';

/** POST /baskets/:id/price */
export async function work(i) {
  const { discount } = await rulesOf('summer', i);
  return discount({ items: i % 7, total: 100 + (i % 30) });
}
