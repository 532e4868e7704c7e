import { parseArgs } from 'node:util';
import { LeaklineError } from '../base/errors';

/** What stood on the command line of one subcommand. */
export interface ParsedOptions<Name extends string, Flag extends string> {
  /** The value of each option that takes one; the last if it was given more than once. */
  readonly values: Partial<Record<Name, string>>;
  /** All values of each option that takes one, in the order given. */
  readonly all: Partial<Record<Name, readonly string[]>>;
  /** Those options without a value that were given. */
  readonly flags: ReadonlySet<Flag>;
  readonly positionals: readonly string[];
  /** `--help` or `-h` was given. */
  readonly help: boolean;
}

/**
 * Sorts arguments into options and positionals.
 * @param names Options that take a value.
 * @param usage The command to name in hints, such as `leakline find`.
 * @param flagNames Options that take none.
 * @throws LeaklineError `usage` for an unknown option, naming the closest, a missing value, and a
 *   value that is not taken.
 */
export function parseOptions<Name extends string, Flag extends string = never>(
  args: readonly string[],
  names: readonly Name[],
  usage: string,
  flagNames: readonly Flag[] = [],
): ParsedOptions<Name, Flag> {
  const values: Partial<Record<Name, string>> = {};
  const all: Partial<Record<Name, readonly string[]>> = {};
  const flags = new Set<Flag>();
  let help = false;
  // Not strict, because the messages of the strict mode name neither the closest option nor help.
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      ...Object.fromEntries(flagNames.map((name) => [name, { type: 'boolean' as const }])),
      help: { type: 'boolean', short: 'h' },
    },
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    if (token.name === 'help') help = true;
    else if (isOneOf(flagNames, token.name)) flags.add(flagOf(token, token.name));
    else if (isOneOf(names, token.name)) {
      const value = valueOf(token);
      values[token.name] = value;
      all[token.name] = [...(all[token.name] ?? []), value];
    } else throw unknownOption(token.rawName, [...names, ...flagNames], usage);
  }
  return { values, all, flags, positionals, help };
}

/** The name that differs least from what was typed, if it may well have been meant. */
export function closestName(typed: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best && best.distance <= Math.max(2, best.name.length / 2) ? best.name : undefined;
}

function isOneOf<Name extends string>(names: readonly Name[], name: string): name is Name {
  return (names as readonly string[]).includes(name);
}

interface OptionToken {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** `--drive --wait 3` means a forgotten command, not one named `--wait`; `--drive=--wait` says so. */
function valueOf({ rawName, value, inlineValue }: OptionToken): string {
  if (value && (inlineValue || !value.startsWith('--'))) return value;
  throw new LeaklineError(
    'usage',
    `${rawName} needs a value.`,
    value ? `If the value is ${value}, write ${rawName}=${value}.` : undefined,
  );
}

function flagOf<Flag extends string>({ rawName, value }: OptionToken, flag: Flag): Flag {
  if (value === undefined) return flag;
  throw new LeaklineError('usage', `${rawName} takes no value.`, `Write ${rawName} alone.`);
}

function unknownOption(typed: string, names: readonly string[], usage: string): LeaklineError {
  const closest = closestName(typed.replace(/^-+/, ''), [...names, 'help']);
  return new LeaklineError(
    'usage',
    `Unknown option ${typed}.`,
    closest ? `Did you mean --${closest}?` : `${usage} --help lists the options.`,
  );
}

/** Levenshtein distance, one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
