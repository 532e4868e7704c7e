import path from 'node:path';

/**
 * Where a target says that a script or a source is, in one form: `/app/a.js`, `C:/app/a.js`,
 * `//server/share/a.js`, or `scheme://authority/path`. Slashes lean forward, `..` and `.` are gone,
 * and so is the query that loaders put behind a file. Undefined for what names no place: `node:fs`,
 * `evalmachine.<anonymous>`, a relative path.
 */
export function locationOf(url: string): string | undefined {
  if (/^file:/i.test(url)) return locationOfFileUrl(url);
  const plain = withoutQuery(url);
  if (/^(?:\\\\|\/\/)/.test(plain)) return `/${tidy(plain.replaceAll('\\', '/'))}`;
  if (/^[a-z]:[\\/]/i.test(plain)) return tidy(plain.replaceAll('\\', '/'));
  if (plain.startsWith('/')) return tidy(plain);
  const [, root, rest] = /^([a-z][\w+.-]*:\/\/[^/]*)\/(.*)$/i.exec(plain) ?? [];
  return root === undefined ? undefined : root + tidy(`/${decoded(rest)}`);
}

/**
 * The path on this machine that a location would be: undefined if it cannot be one. Other machines'
 * shares are none, for opening one tells that machine who asks.
 */
export function localPathOf(location: string, platform: path.PlatformPath = path) {
  const isWindows = platform.sep === '\\';
  const isLocal = isWindows ? /^[a-z]:\//i.test(location) : /^\/(?!\/)/.test(location);
  return isLocal ? platform.normalize(location) : undefined;
}

/** True for a location that is a name of a bundler or loader and no place on any disk or server. */
export function isBundlerName(location: string): boolean {
  return /^[a-z][\w+.-]*:\/\//i.test(location) && !/^https?:/i.test(location);
}

/** The path in a location, without drive, server or scheme: `/src/a.ts`. */
export function pathIn(location: string): string {
  return location.replace(/^(?:[a-z][\w+.-]*:\/\/[^/]*|[a-z]:|\/\/[^/]*)(?=\/)/i, '');
}

/** The URL that relative names in a script at this location start from. */
export function locationUrl(location: string): string {
  if (/^[a-z][\w+.-]*:\/\//i.test(location)) return location;
  const url = new URL('file:///');
  if (location.startsWith('//')) return `file:${encodeURI(location)}`;
  url.pathname = location.replaceAll('%', '%25');
  return url.href;
}

function locationOfFileUrl(url: string): string | undefined {
  try {
    const { host, pathname } = new URL(url);
    if (/%2f|%5c/i.test(pathname)) return undefined;
    const file = decodeURIComponent(pathname);
    if (host !== '') return `//${host}${tidy(file)}`;
    return tidy(/^\/[a-z]:/i.test(file) ? file.slice(1) : file);
  } catch {
    return undefined;
  }
}

/** `/app/a.ts?v=2` is the file a.ts to the loader that added the rest. */
function withoutQuery(url: string): string {
  return url.replace(/(\.\w+)\?[^/\\]*$/, '$1');
}

function tidy(file: string): string {
  return path.posix.normalize(file);
}

/** Not every bundler escapes what it writes, and a lone `%` is a fine file name. */
function decoded(urlPath: string): string {
  try {
    return decodeURIComponent(urlPath);
  } catch {
    return urlPath;
  }
}
