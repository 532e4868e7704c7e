import path from 'node:path';

/** A group that a pattern leaves out, or the one that it captures. */
const GROUPS = /\?:\*|\*/g;

/**
 * The path that `sourceMapPathOverrides` of a launch configuration make of a source's URL; undefined if
 * no pattern fits. They mean what they mean to VS Code's debugger: the longest pattern first, `*` once
 * for what goes into the replacement, `?:*` for what does not; a pattern without either stands for all
 * below it; where the replacement has `$1` and no `*`, the pattern is a regular expression. Case is
 * ignored. Patterns that cannot be used are passed over.
 */
export function applyOverrides(
  overrides: Readonly<Record<string, string>>,
  url: string,
): string | undefined {
  const source = url.replaceAll('\\', '/');
  for (const pattern of Object.keys(overrides).sort((a, b) => weight(b) - weight(a))) {
    const rule = compile(pattern, overrides[pattern]);
    if (!rule?.pattern.test(source)) continue;
    const mapped = source.replace(rule.pattern, rule.replacement);
    if (mapped !== source) return path.normalize(mapped);
  }
  return undefined;
}

function weight(pattern: string): number {
  return pattern.replace('?:*', '*').length;
}

function compile(pattern: string, replacement: string) {
  if (!replacement.includes('*') && /\$[0-9'`&]/.test(replacement)) {
    return expression(pattern, replacement);
  }
  const forward = pattern.replaceAll('\\', '/');
  const groups = forward.match(GROUPS) ?? [];
  const captured = groups.filter((group) => group === '*').length;
  if (captured > 1 || replacement.split('*').length - 1 > captured) return undefined;
  const literals = forward.split(GROUPS).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const between = groups.map((group) => (group === '*' ? '(.*?)' : '.*?'));
  const body = literals.map((text, index) => text + (between[index] ?? '')).join('');
  const verbatim = replacement.replaceAll('$', '$$$$');
  return captured === 0
    ? expression(`${body}([/\\\\].*)?`, `${verbatim}$1`)
    : expression(body, verbatim.replace('*', '$1'));
}

function expression(body: string, replacement: string) {
  try {
    return { pattern: new RegExp(`^${body}$`, 'i'), replacement };
  } catch {
    return undefined;
  }
}
