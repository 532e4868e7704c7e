import * as path from 'node:path';
import { installedPackages } from './benchFolder';

/** The Node.js that writes the inputs and runs all engines, as the npm package `node-OS-CPU`. */
const VERSION = '24.21.0';

/** Path of that Node.js, fetched on first use. */
export async function provideBenchNode(): Promise<string> {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = await installedPackages(name, [`${name}@${VERSION}`]);
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(folder, 'node_modules', name, 'bin', program);
}
