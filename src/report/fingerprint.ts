import type { Finding, LeakShape, PathStep } from '../leaks/leakReport';

/** Changes whenever the same finding would get another fingerprint. */
const VERSION = 1;
/** Of a path on which no variable is known, so much of the end belongs to the leak. */
const LAST_STEPS = 4;

/**
 * Names a finding in such a way that it is the same in the next run, after a redeploy, on another
 * Node.js and when lines have moved: by its shape, its class, its container, how that holds what
 * leaks, and the file. No object id, count or line is part of it.
 * @param file Of the first site, relative to where the fingerprint is kept, with forward slashes;
 *   '' if there is none.
 */
export function fingerprintOf(finding: Finding, file: string): string {
  const { shape, className, path } = finding;
  const container = nameInCode(finding);
  // Timers hang in lists of Node.js, which say nothing about the leak.
  const edges = shape === 'timer' ? [] : lastEdges(path, shape);
  const parts = [shape, file, container, ...edges, className];
  return `${VERSION}:${fnv1a64(parts.join('\n'))}`;
}

/** The event of a listener is another one each time if the code makes it up. */
function nameInCode({ shape, container = '', sites }: Finding): string {
  const isInCode = shape !== 'listener' || sites.some(({ text }) => text.includes(container));
  return isInCode ? container : '';
}

/**
 * What the innermost variable on the path leads through. Above it lies the way through Node.js and
 * the module loader, which is another in each version, and its name may be a minified one.
 */
function lastEdges(path: readonly PathStep[], shape: LeakShape): string[] {
  const variable = path.findLastIndex(({ edge }) => edge.startsWith('variable '));
  const edges = path
    .slice(variable >= 0 ? variable + 1 : -LAST_STEPS)
    .map(({ edge }, index, steps) => {
      const isKey = shape === 'object' && index === steps.length - 1;
      return isKey || steps[index - 1]?.edge === '._events' ? '[]' : kindOf(edge);
    });
  // A linked list is as long as it happens to be.
  return edges.filter((edge, index) => edge !== '' && edge !== edges[index - 1]);
}

/** The edge without keys, indices and counts, which are others in each run. */
function kindOf(edge: string): string {
  const rest = /^… \d+ steps … (.*)$/.exec(edge);
  if (rest) return kindOf(rest[1]);
  if (/^entry\b/.test(edge)) return 'entry';
  if (/^\["<symbol [^]*>"\]$/.test(edge)) return edge;
  if (edge.startsWith('[')) return '[]';
  return /^\(\d+\)$/.test(edge) ? '' : edge;
}

/** FNV-1a over UTF-8, 64 bits, in hexadecimal (Fowler, Noll and Vo; RFC 9923). */
function fnv1a64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of utf8(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}

/** Pure code has no TextEncoder. A lone surrogate is written as what is no character, U+FFFD. */
function* utf8(text: string): Generator<number> {
  for (const character of text) {
    let code = character.codePointAt(0)!;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) {
      yield code;
      continue;
    }
    const following = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    yield ((0xff00 >> (following + 1)) & 0xff) | (code >> (6 * following));
    for (let shift = 6 * (following - 1); shift >= 0; shift -= 6)
      yield 0x80 | ((code >> shift) & 0x3f);
  }
}
