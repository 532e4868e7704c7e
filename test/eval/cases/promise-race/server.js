import { fetchRates } from './fetchRates.js';

let total = 0;

export async function work(i) {
  const rates = await fetchRates(i);
  total += rates.usd;
}
