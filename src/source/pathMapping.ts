import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file a script URL names on this machine; undefined for `node:…`, `http:…`, `evalmachine…`. */
export function scriptUrlToPath(url: string): string | undefined {
  if (url.startsWith('file:')) {
    try {
      return fileURLToPath(url);
    } catch {
      return undefined;
    }
  }
  return path.isAbsolute(url) ? path.normalize(url) : undefined;
}

/** True for code that is part of Node.js itself, which no finding should point at. */
export function isNodeInternal(url: string): boolean {
  return url === '' || url.startsWith('node:') || url.startsWith('internal/');
}

/**
 * The package that code belongs to, `lodash` or `@scope/name`: that of the innermost node_modules.
 * Undefined for the project's own code.
 * @param file A URL, or a path with either kind of slashes.
 */
export function packageOf(file: string): string | undefined {
  const found = /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(`/${file}`);
  return found?.[1].replace('\\', '/');
}

/** `file` relative to `root` with forward slashes; absolute if it lies outside. */
export function relativeToRoot(root: string, file: string): string {
  const relative = path.relative(root, file);
  return (leadsDown(relative) ? relative : file).split(path.sep).join('/');
}

/** True if `file`, links followed, lies inside `root`. False if it does not exist. */
export function isInside(root: string, file: string): boolean {
  try {
    return leadsDown(path.relative(realpathSync(root), realpathSync(file)));
  } catch {
    return false;
  }
}

/** On Windows a path to another drive is absolute even if it should be relative. */
function leadsDown(relative: string): boolean {
  return relative !== '' && !path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..';
}

/**
 * The path that a source map's source means. `webpack://app/./src/a.ts` and its kin name a path
 * below the project, so it is taken from `root`.
 */
export function mappedSourceToPath(source: string, root: string): string | undefined {
  const onDisk = scriptUrlToPath(source);
  if (onDisk) return onDisk;
  const bundled = /^[a-z][\w+.-]*:\/\/[^/]*\/(.*)$/i.exec(source);
  if (!bundled || /^https?:/i.test(source)) return undefined;
  return path.join(root, decoded(bundled[1]).replace(/^(\.\.?\/)+/, ''));
}

/** Not every bundler escapes what it writes, and a lone `%` is a fine file name. */
function decoded(urlPath: string): string {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    return urlPath;
  }
}
