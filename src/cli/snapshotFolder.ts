import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LeaklineError } from '../base/errors';

/** Where the snapshots of one run go. */
interface SnapshotFolder {
  /** Absolute. */
  readonly path: string;
  /** Removes the folder, unless it is to be kept. */
  release(): void;
}

/**
 * The folder that is to keep the snapshots, or else a temporary one, which is gone when this process
 * is: snapshots hold secrets, and a crash is no reason to leave them behind.
 * @throws LeaklineError `storage`.
 */
export async function openSnapshotFolder(keep: string | undefined): Promise<SnapshotFolder> {
  if (keep !== undefined) return { path: keep, release: () => {} };
  const folder = await makeTemporaryFolder();
  const release = () => {
    process.off('exit', release);
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', release);
  return { path: folder, release };
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
