import { LeaklineError } from '../base/errors';

/** A finding that a team has decided to live with. */
export interface KnownFinding {
  /** See `fingerprintOf`. */
  readonly fingerprint: string;
  /** Why it is no leak, or why it stays. */
  readonly reason: string;
  readonly author?: string;
  /** YYYY-MM-DD. */
  readonly date?: string;
  /** What it was about, for those who review the file. */
  readonly title?: string;
  /** Relative to the folder of the file, with forward slashes. */
  readonly file?: string;
}

/** The name of the file in the root of a project. `knownFindings.schema.json` says its shape. */
export const KNOWN_FINDINGS_FILE = '.leakline.json';

const SCHEMA_VERSION = 1;

/**
 * Reads the text of a `.leakline.json`.
 * @throws LeaklineError `brokenFile` that says what is wrong with it, and where.
 */
export function parseKnownFindings(text: string): KnownFinding[] {
  return entriesOf(parseFile(text)).map(checkedEntry);
}

/**
 * The text with an entry added, or in the place of the one with its fingerprint. All else stays: the
 * order of keys, keys of others, the indentation.
 * @param text '' if there is no file yet.
 * @throws LeaklineError `brokenFile`
 */
export function withKnownFinding(text: string, entry: KnownFinding): string {
  if (text.trim() === '') return written({ version: SCHEMA_VERSION, knownFindings: [entry] }, '');
  const file = parseFile(text);
  const entries = entriesOf(file);
  const at = entries
    .map(checkedEntry)
    .findIndex(({ fingerprint }) => fingerprint === entry.fingerprint);
  if (at < 0) entries.push(entry);
  else entries[at] = { ...(entries[at] as object), ...entry };
  return written({ ...file, knownFindings: entries }, text);
}

/** The text without the entry of a fingerprint. @throws LeaklineError `brokenFile` */
export function withoutKnownFinding(text: string, fingerprint: string): string {
  const file = parseFile(text);
  const entries = entriesOf(file);
  const kept = entries.filter((entry, index) => {
    return checkedEntry(entry, index).fingerprint !== fingerprint;
  });
  return written({ ...file, knownFindings: kept }, text);
}

interface FileShape {
  readonly knownFindings?: unknown;
}

function parseFile(text: string): FileShape {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw broken(`is not JSON: ${(error as Error).message}`, error);
  }
  if (!isRecord(value)) throw broken('must be an object');
  if (value['version'] !== SCHEMA_VERSION) {
    throw broken(
      `has the version ${JSON.stringify(value['version'])} instead of ${SCHEMA_VERSION}`,
    );
  }
  return value;
}

function entriesOf({ knownFindings = [] }: FileShape): unknown[] {
  if (!Array.isArray(knownFindings)) throw broken('has `knownFindings` that are not a list');
  return [...(knownFindings as unknown[])];
}

function checkedEntry(entry: unknown, index: number): KnownFinding {
  const where = `knownFindings[${index}]`;
  if (!isRecord(entry)) throw broken(`has in ${where} something else than an object`);
  for (const key of ['fingerprint', 'reason']) {
    const value = entry[key];
    if (typeof value !== 'string' || value.trim() === '') {
      throw broken(`has no text in ${where}.${key}`);
    }
  }
  for (const key of ['author', 'date', 'title', 'file']) {
    const value = entry[key];
    if (value !== undefined && typeof value !== 'string') {
      throw broken(`has no text in ${where}.${key}`);
    }
  }
  return entry as unknown as KnownFinding;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function written(value: object, before: string): string {
  const indent = /^[[{]\s*\n([ \t]+)/.exec(before.trimStart())?.[1] ?? '  ';
  const lineBreak = before.includes('\r\n') ? '\r\n' : '\n';
  return `${JSON.stringify(value, null, indent)}\n`.replaceAll('\n', lineBreak);
}

function broken(what: string, cause?: unknown): LeaklineError {
  return new LeaklineError(
    'brokenFile',
    `${KNOWN_FINDINGS_FILE} ${what}.`,
    'Correct the file; until then no finding is ignored.',
    { cause },
  );
}
