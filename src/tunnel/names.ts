import { LeaklineError } from '../base/errors';

/**
 * A name that goes to a tool as an argument of its own.
 * @param what such as `pod`
 * @throws LeaklineError `usage` for one that the tool could take for an option, or that no such thing
 *   can have
 */
export function requireName(what: string, name: string): string {
  if (/^[A-Za-z0-9][\w.:@/-]*$/.test(name)) return name;
  throw new LeaklineError('usage', `"${name}" is not the name of a ${what}.`);
}

/** @throws LeaklineError `usage` unless it is a number of a port */
export function requirePort(what: string, text: string | number): number {
  const port = /^\d{1,5}$/.test(String(text)) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new LeaklineError('usage', `${what} must be a port from 1 to 65535, not "${text}".`);
}
