import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { projectRoot } from './projectRoot';
import { lineWith } from './shop';

/** Inside of a desktop VS Code, the program that runs the tests is no plain Node.js. */
const node = 'electron' in process.versions ? 'node' : process.execPath;
const evalFolder = path.join(projectRoot, 'test', 'eval');

/** A module in a folder of its own, whose `work` a running process calls on demand. */
export interface WorkingModule {
  /** Absolute, links followed. */
  readonly folder: string;
  /** `127.0.0.1:PORT` */
  readonly inspector: string;
  /** A shell command that has `work` called so many times. */
  readonly drive: (calls: number) => string;
  /** Ends the process and removes the folder. */
  stop(): Promise<void>;
}

/** @param text Of the module, which exports `work(i)`. */
export async function startModule(name: string, text: string): Promise<WorkingModule> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'leakline-test-')));
  await writeFile(path.join(folder, name), text);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ main: name }));
  const args = ['--inspect=127.0.0.1:0', path.join(evalFolder, 'workDriver.mjs')];
  const program = spawn(node, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => program.kill('SIGKILL');
  process.on('exit', kill);
  const gone = once(program, 'exit').finally(() => process.off('exit', kill));
  const stop = async () => {
    program.kill();
    await gone;
    await rm(folder, { recursive: true });
  };
  try {
    const [[, port], [inspector]] = await Promise.all([
      lineWith(program, 'stdout', /^\{"port":(\d+)\}$/),
      lineWith(program, 'stderr', /127\.0\.0\.1:\d+/),
    ]);
    const request = path.join(evalFolder, 'requestWork.mjs');
    const drive = (calls: number) =>
      `"${node}" "${request}" "http://127.0.0.1:${port}/work?n=${calls}"`;
    return { folder, inspector, drive, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
