import { link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Emitter } from '../base/event';
import { LeaklineError } from '../base/errors';

/** A snapshot file in the store. */
export interface StoredSnapshot {
  /** Absolute. */
  readonly path: string;
  /** File name without the ending. */
  readonly name: string;
  /** The name without the time that it begins with, such as `round 1`. */
  readonly label: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly takenAt: number;
}

const ENDING = '.heapsnapshot';
const DAY_MS = 24 * 60 * 60 * 1000;
/** What `newPath` puts before a label. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3} /;

/**
 * A folder of snapshots that only its owner may read: heaps hold secrets. Names sort by age.
 * Nothing is kept in memory, so files that a person removes are simply gone from the list.
 */
export class SnapshotStore {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;

  /** @param folder Absolute; made on first use. */
  constructor(readonly folder: string) {}

  /**
   * A path for a new snapshot, such as `2026-11-23T14-30-05-120 baseline.heapsnapshot`.
   * @throws LeaklineError `storage` if the folder cannot be made.
   */
  async newPath(label: string): Promise<string> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new LeaklineError(
        'storage',
        `Cannot make the snapshot folder ${this.folder}: ${(error as Error).message}.`,
        'Choose a folder that you can write to.',
        { cause: error },
      );
    }
    const time = new Date().toISOString().replace(/[:.]/g, '-').replace('Z', '');
    return path.join(this.folder, `${time} ${fileNameOf(label)}${ENDING}`);
  }

  /**
   * Gives a stored snapshot another label; the time in its name stays.
   * @returns its new path
   * @throws LeaklineError `storage` if it cannot be renamed, or another file has that name.
   */
  async rename({ path: from, name }: StoredSnapshot, label: string): Promise<string> {
    const to = path.join(this.folder, `${TIME.exec(name)?.[0] ?? ''}${fileNameOf(label)}${ENDING}`);
    if (to === from) return to;
    try {
      // Renaming replaces silently what is there; a link does not.
      await link(from, to);
      await rm(from);
    } catch (error) {
      throw new LeaklineError(
        'storage',
        `The snapshot cannot be renamed: ${(error as Error).message}.`,
        'Choose a name that no other snapshot has.',
        { cause: error },
      );
    }
    this.changed.fire();
    return to;
  }

  /** Tells listeners that files came or went. */
  notifyChanged(): void {
    this.changed.fire();
  }

  /** All snapshots, oldest first. A folder that does not exist is empty. */
  async list(): Promise<StoredSnapshot[]> {
    const names = await readdir(this.folder).catch(() => []);
    const found = await Promise.all(
      names.filter((name) => name.endsWith(ENDING)).map((name) => this.describe(name)),
    );
    return found.filter((entry) => entry !== undefined).sort((a, b) => a.takenAt - b.takenAt);
  }

  /** Removes snapshots by path; those that are gone already are fine. */
  async remove(paths: readonly string[]): Promise<void> {
    await Promise.all(paths.map((file) => rm(file, { force: true })));
    this.changed.fire();
  }

  /** Removes what was taken more than `days` days ago. @returns how many */
  async removeOlderThan(days: number): Promise<number> {
    const since = Date.now() - days * DAY_MS;
    const old = (await this.list()).filter(({ takenAt }) => takenAt < since);
    if (old.length > 0) await this.remove(old.map((snapshot) => snapshot.path));
    return old.length;
  }

  private async describe(name: string): Promise<StoredSnapshot | undefined> {
    const file = path.join(this.folder, name);
    const stats = await stat(file).catch(() => undefined);
    if (!stats?.isFile()) return undefined;
    const bare = name.slice(0, -ENDING.length);
    return {
      path: file,
      name: bare,
      label: bare.replace(TIME, ''),
      bytes: stats.size,
      takenAt: stats.mtimeMs,
    };
  }
}

/** A label as a part of a file name: nothing in it leads elsewhere. */
function fileNameOf(label: string): string {
  return label.replace(/[^\p{L}\p{N}_ .-]+/gu, '_');
}
