import CDP from 'chrome-remote-interface';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, watch, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../projectRoot';
import { runCommand } from '../vscode/runCommand';

const program = path.join(projectRoot, 'test', 'fixtures', 'programs', 'heapZoo.cjs');

/** The ways in which a Node.js takes a snapshot. */
export const zooMethods = [
  ...['write', 'writeInternals', 'writeNumbers'],
  ...['inspector', 'inspectorNumbers', 'inspectorInternals', 'inspectorTracked'],
  ...['signal', 'nearHeapLimit'],
] as const;
export type ZooMethod = (typeof zooMethods)[number];

/** The files of snapshots, by how they were taken. */
type SnapshotFiles = Record<ZooMethod, string>;

/**
 * Takes snapshots of the program heapZoo.cjs in every way.
 *
 * @param node the Node.js to run it with
 */
export async function takeZooSnapshots(node: string, folder: string): Promise<SnapshotFiles> {
  const [written, connected, dying] = await Promise.all([
    writeFromInside(node, folder),
    takeFromOutside(node, path.join(folder, 'outside')),
    takeWhenMemoryEnds(node, path.join(folder, 'dying')),
  ]);
  return { ...written, ...connected, ...dying } as SnapshotFiles;
}

async function writeFromInside(node: string, folder: string): Promise<Partial<SnapshotFiles>> {
  const methods = ['write', 'writeInternals', 'writeNumbers'];
  const fileOf = (method: string) => path.join(folder, `${method}.heapsnapshot`);
  await runCommand(node, [program, ...methods.map((method) => `${method}=${fileOf(method)}`)]);
  return Object.fromEntries(methods.map((method) => [method, fileOf(method)]));
}

/** Over the inspector, and by a signal. */
async function takeFromOutside(node: string, folder: string): Promise<Partial<SnapshotFiles>> {
  await mkdir(folder);
  const options = ['--inspect=127.0.0.1:0', '--heapsnapshot-signal=SIGUSR2'];
  const child = spawn(node, [...options, program, 'wait'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const [target] = await Promise.all([inspectorUrl(child), once(child.stdout, 'data')]);
    const client = await CDP({ target, local: true });
    try {
      const files = await takeOverInspector(client, folder);
      const written = firstSnapshot(folder);
      child.kill('SIGUSR2');
      const signal = await written;
      // The program answers when it is done writing.
      await client.Runtime.evaluate({ expression: '0' });
      return { ...files, signal };
    } finally {
      await client.close();
    }
  } finally {
    child.kill('SIGKILL');
  }
}

async function inspectorUrl({ stderr }: ChildProcess): Promise<string> {
  const lines = createInterface({ input: stderr! });
  for await (const line of lines) {
    const url = /^Debugger listening on (ws:\S+)/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error('The program ended before its inspector listened.');
}

async function takeOverInspector(
  client: CDP.Client,
  folder: string,
): Promise<Partial<SnapshotFiles>> {
  const files: Partial<SnapshotFiles> = {};
  const take = async (name: ZooMethod, options: object) => {
    const file = path.join(folder, `${name}.cdp`);
    const chunks: string[] = [];
    const stop = client.HeapProfiler.addHeapSnapshotChunk(({ chunk }) => chunks.push(chunk));
    await client.HeapProfiler.takeHeapSnapshot(options);
    stop();
    await writeFile(file, chunks.join(''));
    files[name] = file;
  };
  await take('inspector', {});
  await take('inspectorNumbers', { captureNumericValue: true });
  await take('inspectorInternals', { exposeInternals: true });
  await client.HeapProfiler.startTrackingHeapObjects({ trackAllocations: true });
  await client.Runtime.evaluate({ expression: 'zoo.breed()' });
  await take('inspectorTracked', {});
  return files;
}

/** The first snapshot that appears in `folder`, maybe still being written. */
async function firstSnapshot(folder: string): Promise<string> {
  const signal = AbortSignal.timeout(30_000);
  for await (const { filename } of watch(folder, { signal })) {
    if (filename?.endsWith('.heapsnapshot')) return path.join(folder, filename);
  }
  throw new Error('The signal was not answered by a snapshot.');
}

async function takeWhenMemoryEnds(node: string, folder: string): Promise<Partial<SnapshotFiles>> {
  await mkdir(folder);
  const options = ['--heapsnapshot-near-heap-limit=1', '--max-old-space-size=24'];
  const child = spawn(node, [...options, program, 'grow'], { cwd: folder, stdio: 'ignore' });
  await once(child, 'exit');
  const [name] = await readdir(folder);
  return { nearHeapLimit: path.join(folder, name) };
}
