import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { InvestigationResult } from '../../investigation/investigation';
import type { EarlierResult } from './currentResult';

/** Raised when what is stored changes its shape: what another version wrote is not read. */
const VERSION = 1;

/** A result as it is kept over the end of the window. */
export interface StoredResult extends InvestigationResult, EarlierResult {
  /** Absolute; files of the report are relative to it. */
  readonly root: string;
}

/**
 * Keeps one result in a file that only its owner may read: heaps hold secrets. It is written whole
 * under another name, then renamed.
 */
export class ResultStore {
  private readonly file: string;

  /** @param folder Absolute; made on first use. */
  constructor(private readonly folder: string) {
    this.file = path.join(folder, 'result.json');
  }

  /**
   * What is stored; undefined if nothing is.
   * @throws Error if it cannot be read, is damaged or of another version.
   */
  async load(): Promise<StoredResult | undefined> {
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return undefined;
    const content: unknown = JSON.parse(text);
    if (!isStored(content)) throw new Error(`${this.file} holds no result of this version.`);
    return content.result;
  }

  /** Synchronous, so that the end of the window does not cut it off. @throws Error of the file system. */
  save(result: StoredResult): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const partial = `${this.file}.partial`;
    writeFileSync(partial, JSON.stringify({ version: VERSION, result }), { mode: 0o600 });
    renameSync(partial, this.file);
  }

  /** Forgets what is stored, if anything is. @throws Error of the file system. */
  remove(): void {
    rmSync(this.file, { force: true });
  }
}

/** True if everything is there that a reader would fail without. */
function isStored(value: unknown): value is { readonly result: StoredResult } {
  const { version, result } = record(value);
  const { root, foundAt, report, analysis, snapshots, files, moved } = record(result);
  const { findings } = record(report);
  const { suspects, scripts } = record(analysis);
  return (
    version === VERSION &&
    typeof root === 'string' &&
    typeof foundAt === 'number' &&
    [findings, suspects, scripts, snapshots, files, moved].every(Array.isArray)
  );
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
