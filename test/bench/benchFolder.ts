import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { cachedFolder, cacheFolder } from '../support/vscode/cachedFolder';
import { runCommand } from '../support/vscode/runCommand';

const NAME = 'bench';

/** Where inputs and peers are kept for the next run. */
export const benchFolder = path.join(cacheFolder, NAME);
mkdirSync(benchFolder, { recursive: true });

/**
 * A folder with these npm packages, installed on first use; none of their scripts is run.
 * @param packages `name@version`, with an exact version: the folder is named after them.
 */
export async function installedPackages(
  name: string,
  packages: readonly string[],
  finish: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  const versions = packages.map((spec) => spec.slice(spec.lastIndexOf('@') + 1));
  return cachedFolder(path.join(NAME, [name, ...versions].join('-')), async (folder) => {
    console.log(`Installing ${packages.join(', ')}`);
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
    const args = ['install', '--prefix', folder, '--ignore-scripts', ...quiet, ...packages];
    await runCommand('npm', args, { cwd: folder });
    await finish(folder);
  });
}
