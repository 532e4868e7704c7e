import { LeaklineError } from '../base/errors';

const MAX_SECONDS = 86_400;

/** One of the names that an option takes. @throws LeaklineError `usage` */
export function choice<Name extends string>(
  option: string,
  text: string,
  names: readonly Name[],
): Name {
  const known = names.find((name) => name === text);
  if (!known) throw usage(`${option} must be ${oneOf(names)}, not "${text}".`);
  return known;
}

/** @throws LeaklineError `usage` if it is none from `least` to `most` */
export function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw usage(`${option} must be a whole number from ${least} to ${most}, not "${text}".`);
}

/** A number of seconds up to a day. @throws LeaklineError `usage` */
export function seconds(option: string, text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value <= MAX_SECONDS) return value;
  throw usage(`${option} must be a number of seconds from 0 to ${MAX_SECONDS}, not "${text}".`);
}

function oneOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** What is wrong with a command line, and what would be right. */
export function usage(message: string, hint?: string): LeaklineError {
  return new LeaklineError('usage', message, hint);
}
