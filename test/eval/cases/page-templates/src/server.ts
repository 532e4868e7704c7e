import { compile, type Template } from './template';

const templates = new Map<string, Template>();
const patterns: Record<string, RegExp> = {};

function templateFor(route: string): Template {
  const known = templates.get(route) ?? compile(`<h1>{title}</h1><p>{text} on ${route}</p>`);
  templates.set(route, known);
  return known;
}

/** GET any of 120 routes; some are rare. */
export function work(i: number): number {
  const route = `/section${(i * i) % 12}/page${(i * 3) % 10}`;
  patterns[route] ??= new RegExp(`^${route}(/.*)?$`);
  const page = templateFor(route)({ title: `number ${i}`, text: 'words' });
  return patterns[route].test(route) ? page.length : 0;
}
