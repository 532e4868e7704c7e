import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LeaklineError } from '../base/errors';

/** A file in a temporary folder that is not to be removed. */
const KEPT = 'kept';
/** Far longer than a run takes between two snapshots. */
const ABANDONED_MS = 24 * 60 * 60 * 1000;

/** Where the snapshots of one run go. */
interface SnapshotFolder {
  /** Absolute. */
  readonly path: string;
  /** Keeps these files, which are in the folder, although nobody asked for it beforehand. */
  keep(files: readonly string[]): void;
  /** Removes what is not to be kept. */
  release(): void;
}

/**
 * The folder that is to keep the snapshots, or else a temporary one, which is gone when this process
 * is: snapshots hold secrets, and a crash is no reason to leave them behind.
 * @throws LeaklineError `storage`.
 */
export async function openSnapshotFolder(wanted: string | undefined): Promise<SnapshotFolder> {
  if (wanted !== undefined) return { path: wanted, keep: () => {}, release: () => {} };
  await removeAbandoned().catch(() => undefined);
  const folder = await makeTemporaryFolder();
  const kept = new Set<string>();
  const release = () => {
    process.off('exit', release);
    removeAllBut(kept, folder);
  };
  process.on('exit', release);
  const keep = (files: readonly string[]) => {
    writeFileSync(path.join(folder, KEPT), '');
    for (const file of [...files, path.join(folder, KEPT)]) kept.add(file);
  };
  return { path: folder, keep, release };
}

/**
 * Removes what a run left that was killed, and could not clean up: a folder of ours that nobody has
 * asked to keep and that has not been touched for a day.
 */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!/^leakline-\w{6}$/.test(name)) continue;
    const folder = path.join(tmpdir(), name);
    const { mtimeMs, uid } = await lstat(folder);
    const isOurs = uid === (process.getuid?.() ?? uid);
    if (!isOurs || Date.now() - mtimeMs < ABANDONED_MS || existsSync(path.join(folder, KEPT))) {
      continue;
    }
    await rm(folder, { recursive: true, force: true });
  }
}

function removeAllBut(kept: ReadonlySet<string>, folder: string): void {
  if (kept.size === 0) return rmSync(folder, { recursive: true, force: true });
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (!kept.has(file)) rmSync(file, { recursive: true, force: true });
  }
}

async function makeTemporaryFolder(): Promise<string> {
  try {
    return await mkdtemp(path.join(tmpdir(), 'leakline-'));
  } catch (error) {
    throw new LeaklineError(
      'storage',
      `Cannot make a folder for the snapshots: ${(error as Error).message}.`,
      'Name one with --keep-snapshots, or another folder for temporary files with TMPDIR.',
      { cause: error },
    );
  }
}
