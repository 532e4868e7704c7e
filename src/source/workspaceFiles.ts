import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** More entries than any checkout has that somebody edits. */
const MAX_ENTRIES = 200_000;
const PACKAGES = 'node_modules';

/**
 * The files below a root by their names. Walked once, when first asked; links are not followed, and
 * packages are not walked.
 */
export class WorkspaceFiles {
  private walked: Promise<void> | undefined;
  private readonly byName = new Map<string, string[]>();
  /** Folders with packages, relative to the root. */
  private readonly packageFolders: string[] = [];
  private entries = 0;

  constructor(private readonly root: string) {}

  /**
   * Those that a location of the target may mean: files of its name, or, for one in a package, the
   * same file of the package here.
   * @param location With forward slashes.
   * @returns paths relative to the root, with forward slashes
   */
  async like(location: string): Promise<readonly string[]> {
    await (this.walked ??= this.walk());
    const at = location.lastIndexOf(`/${PACKAGES}/`);
    if (at < 0) return this.byName.get(path.posix.basename(location)) ?? [];
    return this.packageFolders
      .map((folder) => path.posix.join(folder, location.slice(at + 1)))
      .filter((file) => existsSync(path.join(this.root, file)));
  }

  /** False if there are so many that some were left out. */
  get isComplete(): boolean {
    return this.entries < MAX_ENTRIES;
  }

  /** Breadth first, for what is deep is left out first. */
  private async walk(): Promise<void> {
    const folders = [''];
    for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
      const found = await readdir(path.join(this.root, folder), { withFileTypes: true }).catch(
        () => [],
      );
      for (const entry of found) {
        if (++this.entries >= MAX_ENTRIES) return;
        const name = path.posix.join(folder, entry.name);
        if (entry.isFile()) this.add(entry.name, name);
        else if (!entry.isDirectory() || entry.name === '.git') continue;
        else if (entry.name === PACKAGES) this.packageFolders.push(folder);
        else folders.push(name);
      }
    }
  }

  private add(name: string, file: string): void {
    const files = this.byName.get(name);
    if (files) files.push(file);
    else this.byName.set(name, [file]);
  }
}
