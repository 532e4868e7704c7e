import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { projectRoot } from '../projectRoot';

/** A VS Code window to run tests in, and how it differs from others. */
export interface HostedWindow {
  /** The folder of test/vscode whose tests run in it. */
  readonly tests: string;
  /** Absolute, or a URI: what the window opens, given a folder of its own to make things in. */
  readonly workspace: (scratch: string) => Promise<string>;
  /** Absolute: the extension under development, or what only carries the tests. */
  readonly extension: string;
  /** Packages Leakline and installs that. */
  readonly installsPackage?: boolean;
  /** Leaves the folder untrusted. */
  readonly restricted?: boolean;
  /** Such as `de`; English unless told. */
  readonly language?: string;
}

const shop = path.join(projectRoot, 'examples', 'shop');
/** An extension of nothing, for windows where Leakline comes from its package. */
const carrier = path.join(projectRoot, 'test', 'vscode', 'carrier');

/** Every window that the hosted tests need, by the name of its suite. */
export const hostedWindows: Readonly<Record<string, HostedWindow>> = {
  vscode: {
    tests: 'suite',
    workspace: () => Promise.resolve(process.env['LEAKLINE_TEST_WORKSPACE'] ?? shop),
    extension: process.env['LEAKLINE_TEST_EXTENSION'] ?? projectRoot,
  },
  vscodePackage: {
    tests: 'package',
    workspace: () => Promise.resolve(shop),
    extension: carrier,
    installsPackage: true,
  },
  vscodeActivation: {
    tests: 'activation',
    workspace: () => Promise.resolve(shop),
    extension: carrier,
    installsPackage: true,
  },
  vscodeRestricted: {
    tests: 'restricted',
    workspace: () => Promise.resolve(shop),
    extension: projectRoot,
    restricted: true,
  },
  vscodeVirtual: {
    tests: 'virtual',
    workspace: () => Promise.resolve('memory:/project'),
    extension: path.join(projectRoot, 'test', 'vscode', 'memoryFiles'),
    installsPackage: true,
  },
  vscodeGerman: {
    tests: 'german',
    workspace: () => Promise.resolve(shop),
    extension: projectRoot,
    language: 'de',
  },
  vscodeFolders: { tests: 'folders', workspace: severalFolders, extension: projectRoot },
};

/** A workspace of two folders on disk, each with settings of its own, and a virtual one. */
async function severalFolders(scratch: string): Promise<string> {
  const folder = await mkdtemp(path.join(scratch, 'workspace-'));
  for (const name of ['first', 'second']) {
    await mkdir(path.join(folder, name, '.vscode'), { recursive: true });
    const settings = { 'leakline.driveCommand': `echo the ${name} folder` };
    await writeFile(path.join(folder, name, '.vscode', 'settings.json'), JSON.stringify(settings));
    await writeFile(path.join(folder, name, 'app.js'), '');
  }
  const file = path.join(folder, 'several.code-workspace');
  const folders = [{ path: 'first' }, { path: 'second' }, { uri: 'nowhere:/virtual' }];
  await writeFile(file, JSON.stringify({ folders }));
  return file;
}
