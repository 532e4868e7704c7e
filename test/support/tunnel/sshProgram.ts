import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cachedFolder } from '../vscode/cachedFolder';
import { runCommand } from '../vscode/runCommand';

/** A server program for SSH, and what it takes to run it where nothing of it is installed. */
export interface SshProgram {
  readonly file: string;
  /** Folders of shared libraries that the system may lack. */
  readonly libraries: string;
}

const INSTALLED = '/usr/sbin/sshd';
/** The server; a library that it needs; and one that shows it a list of users of our own. */
const PACKAGES = ['openssh-server', 'libwrap0', 'libnss-wrapper'];

/**
 * Debian's sshd: its packages are unpacked into the cache and not installed, which takes no rights
 * and changes nothing.
 */
export async function provideSshd(): Promise<SshProgram> {
  const folder = await cachedFolder('openssh-server', async (partial) => {
    await download(partial);
    for (const name of await readdir(partial)) {
      await runCommand('dpkg', ['-x', path.join(partial, name), partial]);
    }
  });
  const libraries = path.join(folder, 'usr', 'lib');
  const systems = (await readdir(libraries)).filter((name) => name.includes('-linux-'));
  return {
    file: existsSync(INSTALLED) ? INSTALLED : path.join(folder, INSTALLED),
    libraries: systems.map((name) => path.join(libraries, name)).join(':'),
  };
}

async function download(folder: string): Promise<void> {
  const get = () => runCommand('apt-get', ['download', ...PACKAGES], { cwd: folder });
  try {
    await get();
  } catch {
    // The lists of packages may be missing, as in a fresh container, or be too old.
    await runCommand('apt-get', ['update']);
    await get();
  }
}
