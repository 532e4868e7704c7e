import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LeaklineError } from '../../base/errors';
import {
  KNOWN_FINDINGS_FILE,
  parseKnownFindings,
  withKnownFinding,
  withoutKnownFinding,
  type KnownFinding,
} from '../../report/knownFindings';

/**
 * The `.leakline.json` of a folder. It is small, and read and written at once, so that nothing comes
 * between the two.
 */
export class KnownFindingsFile {
  private readonly path: string;

  /** @param folder Absolute. */
  constructor(folder: string) {
    this.path = path.join(folder, KNOWN_FINDINGS_FILE);
  }

  /** None if there is no file. @throws LeaklineError `brokenFile`, `storage` */
  read(): KnownFinding[] {
    const text = this.text();
    return text === '' ? [] : parseKnownFindings(text);
  }

  /** Adds an entry or replaces the one with its fingerprint. @throws LeaklineError as `read` */
  add(entry: KnownFinding): void {
    this.write(withKnownFinding(this.text(), entry));
  }

  /** @throws LeaklineError as `read` */
  remove(fingerprint: string): void {
    const text = this.text();
    if (text !== '') this.write(withoutKnownFinding(text, fingerprint));
  }

  private text(): string {
    try {
      const stats = statSync(this.path, { throwIfNoEntry: false });
      // A pipe would never end.
      if (stats && !stats.isFile()) throw new Error('it is not a file');
      return stats ? readFileSync(this.path, 'utf8') : '';
    } catch (error) {
      throw this.failure('read', error);
    }
  }

  /** Under another name, and renamed when whole. A link stays one. */
  private write(text: string): void {
    let partial: string | undefined;
    try {
      const isThere = statSync(this.path, { throwIfNoEntry: false }) !== undefined;
      const target = isThere ? realpathSync(this.path) : this.path;
      partial = `${target}.${randomUUID()}.partial`;
      writeFileSync(partial, text);
      renameSync(partial, target);
    } catch (error) {
      if (partial !== undefined) rmSync(partial, { force: true });
      throw this.failure('write', error);
    }
  }

  private failure(what: 'read' | 'write', cause: unknown): LeaklineError {
    const why = (cause as Error).message;
    const message =
      what === 'read'
        ? l10n.t('Cannot read {0}: {1}.', this.path, why)
        : l10n.t('Cannot write {0}: {1}.', this.path, why);
    const hint = l10n.t('Check that it is a file, and who may read and write it.');
    return new LeaklineError('storage', message, hint, { cause });
  }
}
