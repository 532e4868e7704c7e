import { realpathSync } from 'node:fs';
import path from 'node:path';

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
