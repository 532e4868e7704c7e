import type { Context } from './app';

export function showProduct({ app, query }: Context): string {
  const visit = { path: `/product/${query.id}`, query, at: Date.now() };
  app.visits.push(visit);
  const last = app.visits.slice(-10).map(({ path }) => path);
  return `${app.name}: product ${query.id}, seen ${last.join(', ')}`;
}
