export const steps = [3, 5].map((items) => ({ items, rate: items / 100 }));

export function discount({ items, total }) {
  const step = steps.findLast((candidate) => items >= candidate.items);
  return step ? total * (1 - step.rate) : total;
}
