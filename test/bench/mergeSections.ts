/**
 * A page of results with the sections of `after`, and those of `before` that it does not have, in the
 * order of `before`. A section begins with `## ` and is known by its heading up to the first colon.
 */
export function mergeSections(before: string, after: string): string {
  const [head, ...fresh] = sectionsOf(after);
  const [, ...old] = sectionsOf(before);
  const freshByKey = new Map(fresh.map((section) => [keyOf(section), section]));
  const kept = old.map((section) => freshByKey.get(keyOf(section)) ?? section);
  const keptKeys = new Set(old.map(keyOf));
  return [head, ...kept, ...fresh.filter((section) => !keptKeys.has(keyOf(section)))]
    .join('')
    .replace(/\n*$/, '\n');
}

function sectionsOf(page: string): string[] {
  return page.replace(/\n*$/, '\n\n').split(/^(?=## )/m);
}

function keyOf(section: string): string {
  return /^## [^:\n]*/.exec(section)![0];
}
