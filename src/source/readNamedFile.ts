import { readFile, stat } from 'node:fs/promises';

/** Above this a file is no script and no source map that anybody wrote or built. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The text of a file that the target has named; undefined if it cannot be read or is too large, or
 * no regular file at all: a pipe would keep its reader waiting, a device never end.
 */
export async function readNamedFile(file: string): Promise<string | undefined> {
  try {
    const stats = await stat(file);
    return stats.isFile() && stats.size <= MAX_BYTES ? await readFile(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
