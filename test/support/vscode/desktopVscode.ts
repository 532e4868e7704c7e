import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { cacheFolder } from './cachedFolder';
import { vscodeVersion } from './pinnedVersions';
import { runCommand } from './runCommand';

/**
 * Path of the desktop VS Code's program, downloaded into the cache on first use. Throws where it
 * cannot be downloaded or does not start.
 */
export async function provideDesktopVscode(): Promise<string> {
  await mkdir(cacheFolder, { recursive: true });
  const program = await downloadAndUnzipVSCode({
    version: vscodeVersion,
    cachePath: path.join(cacheFolder, 'vscode'),
    reporter: new SilentReporter(),
  });
  // Fails at once where a shared library that Electron needs is missing, as in small containers.
  await runCommand(program, ['-e', '0'], { env: { ELECTRON_RUN_AS_NODE: '1' } });
  return program;
}
