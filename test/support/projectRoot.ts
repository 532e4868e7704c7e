import { existsSync } from 'node:fs';
import * as path from 'node:path';

/** Absolute path of the repository's top folder, also for tests that were bundled into `out/`. */
export const projectRoot = folderWith('package.json', __dirname);

/** Where a test run leaves what it produced: results, screenshots, logs, bundles. Git ignores it. */
export const outputFolder = path.join(projectRoot, 'out');

function folderWith(name: string, start: string): string {
  let folder = start;
  while (!existsSync(path.join(folder, name)) && folder !== path.dirname(folder)) {
    folder = path.dirname(folder);
  }
  return folder;
}
