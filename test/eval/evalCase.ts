import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** Lines of a case that may be named, 1-based and inclusive. */
export interface ExpectedRange {
  /** Relative to the case's folder, with forward slashes. */
  readonly file: string;
  readonly lineRange: readonly [number, number];
  readonly role: string;
  /** The line that the real fix changed. */
  readonly primary?: boolean;
  /** Too wide to count for the first finding. */
  readonly broad?: boolean;
}

/** One replacement in a file of the case; `find` is a text that occurs, `regex` a pattern. */
export interface Patch {
  readonly file: string;
  readonly find?: string;
  readonly regex?: string;
  readonly replace: string;
}

/** What turns a leaking case into its clean twin. */
interface Fix {
  readonly patch?: readonly Patch[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The twin's own program, instead of `entry`. */
  readonly entry?: string;
}

/** A program with a known leak, or a healthy one: `expected.json` in a folder of its own. */
export interface EvalCase {
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly leak: boolean;
  /** What piles up in what, in words. */
  readonly shape: string;
  readonly expected: readonly ExpectedRange[];
  readonly fixed?: Fix;
  /** Why Leakline names another line so far. It counts as a miss, but fails no test. */
  readonly knownMiss?: string;
  /** The program to run; `driver.js`, or else the runner's own driver, unless given. */
  readonly entry?: string;
  readonly nodeArgs?: readonly string[];
  /** Units of work a round and before the first snapshot, and milliseconds to settle. */
  readonly verify: { readonly n: number; readonly warmup?: number; readonly settleMs?: number };
}

/** A case is run as it leaks, as its fixed twin, or, where there is no leak, as it is. */
export type Variant = 'leaking' | 'fixed' | 'healthy';

/** The cases in a folder of cases, by name. @throws if there is none, or one cannot be read. */
export function readCases(folder: string): EvalCase[] {
  const names = readdirSync(folder).filter((name) =>
    existsSync(path.join(folder, name, 'expected.json')),
  );
  if (names.length === 0) throw new Error(`There is no case in ${folder}.`);
  return names.sort().map((name) => readCase(path.join(folder, name)));
}

function readCase(folder: string): EvalCase {
  const file = path.join(folder, 'expected.json');
  try {
    const text = JSON.parse(readFileSync(file, 'utf8')) as Omit<EvalCase, 'folder'>;
    return { ...text, name: path.basename(folder), folder };
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}
