import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { projectRoot } from '../projectRoot';

/** Where a test run keeps what it fetched for the next one. Git ignores it; it may be deleted. */
export const cacheFolder = path.join(projectRoot, '.cache');

/**
 * The cache's folder of that name, made by `fill` on first use. It is filled under another name
 * and renamed when whole, so an interrupted run never leaves half of it to be taken for all.
 */
export async function cachedFolder(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  const partial = await mkdtemp(`${folder}.partial-`);
  try {
    await fill(partial);
    await rename(partial, folder);
  } catch (error) {
    // Another run may have been first with the same folder; then its folder serves.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return folder;
}
