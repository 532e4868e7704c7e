import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { freePort } from '../../src/tunnel/localPort';
import { projectRoot } from './projectRoot';

/** Absolute path of the demo shop: the root for its reports. */
export const shopFolder = path.join(projectRoot, 'examples', 'shop');

/** Inside of a desktop VS Code, the program that runs the tests is no plain Node.js. */
const node = 'electron' in process.versions ? 'node' : process.execPath;

export interface ShopOptions {
  /** 1 is the release in the story, 2 the one that came after it. */
  readonly release?: 1 | 2;
  /** One that has stopped, whose ports this one takes. */
  readonly insteadOf?: Pick<RunningShop, 'url' | 'inspector'>;
  /** Leaves its inspector off, which SIGUSR1 then opens at `RunningShop.inspector`. */
  readonly inspectorOff?: boolean;
  /** What its heap may grow to; V8's own limit by default. */
  readonly memoryLimitMB?: number;
}

/** A shop that serves on a free port and listens to its inspector on another. */
export interface RunningShop {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `127.0.0.1:PORT` */
  readonly inspector: string;
  readonly process: ChildProcess;
  /** A shell command that sends `visits` shoppers through the shop once. */
  readonly drive: (visits?: number) => string;
  /** Resolves when the process is gone. */
  stop(): Promise<void>;
}

/** Bundles the shop, as it is shipped. @throws with what the bundler says. */
export async function buildShop(): Promise<void> {
  await promisify(execFile)(node, [path.join(shopFolder, 'build.mjs')]);
}

/** Starts the compiled shop. It ends with this process at the latest. */
export async function startShop(options: ShopOptions = {}): Promise<RunningShop> {
  const { release = 1, insteadOf, inspectorOff = false, memoryLimitMB } = options;
  const later = inspectorOff ? `127.0.0.1:${await freePort()}` : undefined;
  const port = insteadOf ? new URL(insteadOf.url).port : '0';
  const server = spawn(
    node,
    [
      later ? `--inspect-port=${later}` : `--inspect=${insteadOf?.inspector ?? '127.0.0.1:0'}`,
      ...(memoryLimitMB === undefined ? [] : [`--max-old-space-size=${memoryLimitMB}`]),
      path.join(shopFolder, 'dist', 'server.js'),
    ],
    {
      env: { ...process.env, PORT: port, SHOP_RELEASE: String(release) },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const kill = () => server.kill('SIGKILL');
  process.on('exit', kill);
  const gone = once(server, 'exit').finally(() => process.off('exit', kill));
  const stop = async () => {
    server.kill();
    await gone;
  };
  try {
    const [[url], [inspector]] = await Promise.all([
      lineWith(server, 'stdout', /http:\/\/127\.0\.0\.1:\d+/),
      later ? [later] : lineWith(server, 'stderr', /127\.0\.0\.1:\d+/),
    ]);
    return { url, inspector, process: server, drive: (visits = 200) => traffic(url, visits), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function traffic(url: string, visits: number): string {
  return `"${node}" "${path.join(shopFolder, 'traffic.mjs')}" ${url} ${visits}`;
}

/** Waits for a match in an output stream, which is read on so that the process never blocks. */
export function lineWith(
  server: ChildProcess,
  stream: 'stdout' | 'stderr',
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: server[stream]! });
    lines.on('line', (line) => {
      const match = pattern.exec(line);
      if (match) resolve(match);
    });
    lines.once('close', () => reject(new Error(`It ended without a line like ${pattern}.`)));
  });
}
