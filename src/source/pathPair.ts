import path from 'node:path';
import { LeaklineError } from '../base/errors';
import { locationOf } from './targetLocation';

/** What is below one folder in the target is below another one here. */
export interface PathPair {
  /** A path or the start of a URL in the target: `/app`, `C:\app`, `webpack://shop`. */
  readonly remoteRoot: string;
  /** Absolute path of a folder, or a file, on this machine. */
  readonly localRoot: string;
}

/** The file here that a pair makes of a location (see `locationOf`); undefined if it is not below it. */
export function applyPair(
  { remoteRoot, localRoot }: PathPair,
  location: string,
  platform: path.PlatformPath = path,
): string | undefined {
  const root = (locationOf(remoteRoot) ?? remoteRoot).replace(/\/$/, '');
  // Windows does not care about case.
  const isSame = /^[a-z]:/i.test(root)
    ? (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
    : (a: string, b: string) => a === b;
  if (!isSame(location.slice(0, root.length), root)) return undefined;
  const rest = location.slice(root.length);
  return rest === '' || rest.startsWith('/') ? platform.join(localRoot, rest) : undefined;
}

/** The pair with the highest folders that turns a location into the file that somebody picked for it. */
export function pairFromPick(
  location: string,
  file: string,
  platform: path.PlatformPath = path,
): PathPair {
  const remote = location.split('/');
  const local = file.split(platform.sep);
  while (remote.length > 1 && local.length > 1 && remote.at(-1) === local.at(-1)) {
    remote.pop();
    local.pop();
  }
  return {
    remoteRoot: remote.join('/') || '/',
    localRoot: local.join(platform.sep) || platform.sep,
  };
}

/**
 * Reads REMOTE=LOCAL. @param cwd What a relative LOCAL is relative to.
 * @throws LeaklineError `usage`
 */
export function parsePathPair(text: string, cwd: string): PathPair {
  const [, remoteRoot, local] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (remoteRoot !== undefined) return { remoteRoot, localRoot: path.resolve(cwd, local) };
  throw new LeaklineError(
    'usage',
    `"${text}" does not say which folder of the target is which folder here.`,
    'Write REMOTE=LOCAL, such as --map /app=. or --map webpack://shop=packages/shop',
  );
}
