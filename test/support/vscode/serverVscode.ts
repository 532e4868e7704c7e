import * as path from 'node:path';
import { cachedFolder } from './cachedFolder';
import { npmInstall } from './npmInstall';
import { codeServerVersion, serverNodeVersion } from './pinnedVersions';

/** A VS Code that runs as a server, with its window in a browser. */
export interface ServerVscode {
  /** Path of the Node.js program to start it with. */
  node: string;
  /** Path of its entry script. */
  main: string;
}

/**
 * The VS Code inside the npm package code-server, installed into the cache on first use. Only
 * npm packages are fetched and none of their scripts is run.
 */
export async function provideServerVscode(): Promise<ServerVscode> {
  if (process.platform !== 'linux')
    throw new Error('VS Code as a server from npm is set up for Linux only.');
  const nodePackage = `node-linux-${process.arch}`;
  const folder = await cachedFolder(
    `code-server-${codeServerVersion}-node-${serverNodeVersion}`,
    async (partial) => {
      console.log(`Installing code-server ${codeServerVersion} from npm.`);
      await npmInstall(partial, [
        '--no-save',
        `code-server@${codeServerVersion}`,
        `${nodePackage}@${serverNodeVersion}`,
      ]);
      // code-server leaves these two to its install script, which would also compile natively.
      const vscode = vscodeFolder(partial);
      await npmInstall(vscode, ['--omit=dev']);
      await npmInstall(path.join(vscode, 'extensions'), ['--omit=dev']);
    },
  );
  return {
    node: path.join(folder, 'node_modules', nodePackage, 'bin', 'node'),
    main: path.join(vscodeFolder(folder), 'out', 'server-main.js'),
  };
}

function vscodeFolder(installed: string): string {
  return path.join(installed, 'node_modules', 'code-server', 'lib', 'vscode');
}
