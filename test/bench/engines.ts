import { build as bundle } from 'esbuild';
import * as path from 'node:path';
import { version } from '../../package.json';
import { projectRoot } from '../support/projectRoot';
import { installedPackages } from './benchFolder';

const ENGINES = ['leakline', 'devtools', 'memlab', 'vscode', 'scan'] as const;
export type EngineName = (typeof ENGINES)[number];

/** One of the programs that are compared. Each prints a line of JSON that has a `nodeCount`. */
export interface Engine {
  readonly name: EngineName;
  /** For people. */
  readonly title: string;
  /** For Node.js: its own options, the program, and the program's options but the file. */
  readonly args: readonly string[];
  /** Memory it is known to take, in bytes per byte of the file; if there is less it is not tried. */
  readonly memoryPerByte: number;
}

const DEVTOOLS = '1.0.1705227';
const MEMLAB = '2.0.5';
const VSCODE_PARSER = '0.1.0';

/** For the peers, which keep large parts of a snapshot in V8's heap. */
const LARGE_HEAP = '--max-old-space-size=20000';

const driver = (name: string) => path.join(__dirname, 'engines', name);

const TABLE: Readonly<Record<EngineName, Omit<Engine, 'name'>>> = {
  leakline: {
    title: `Leakline ${version}`,
    args: [path.join(projectRoot, 'dist', 'cli.js'), 'summary', '--format=json', '--timings'],
    memoryPerByte: 2,
  },
  devtools: {
    title: `DevTools' worker (chrome-devtools-frontend ${DEVTOOLS})`,
    args: [LARGE_HEAP, driver('devtools.mjs')],
    memoryPerByte: 5.6,
  },
  memlab: {
    title: `@memlab/core ${MEMLAB}`,
    args: [LARGE_HEAP, driver('memlab.mjs')],
    memoryPerByte: 4,
  },
  vscode: {
    title: `@vscode/v8-heap-parser ${VSCODE_PARSER}`,
    args: [LARGE_HEAP, driver('vscodeParser.mjs')],
    memoryPerByte: 1, // it ends when the 4 GB of WebAssembly are full
  },
  scan: {
    title: 'One-thread integer scan',
    args: [driver('integerScan.mjs')],
    memoryPerByte: 1,
  },
};

export const ALL_ENGINES: readonly EngineName[] = ENGINES;

/** @throws Error if one of the comma-separated names is none. */
export function readEngineNames(list: string): EngineName[] {
  return list.split(',').map((name) => {
    const known = ENGINES.find((engine) => engine === name);
    if (!known) throw new Error(`There is no engine "${name}"; choose from ${ENGINES.join(', ')}.`);
    return known;
  });
}

export function engineOf(name: EngineName): Engine {
  return { name, ...TABLE[name] };
}

/** The folder with the peers, installed on first use. The drivers find it in their environment. */
export function provideEngines(): Promise<string> {
  const packages = [
    `chrome-devtools-frontend@${DEVTOOLS}`,
    `@memlab/core@${MEMLAB}`,
    `@vscode/v8-heap-parser@${VSCODE_PARSER}`,
  ];
  return installedPackages('engines', packages, bundleDevtools);
}

const DEVTOOLS_WORKER = 'chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker';

/** DevTools is published as TypeScript for browsers. Only its table of languages is left out. */
async function bundleDevtools(folder: string): Promise<void> {
  await bundle({
    stdin: {
      contents: `
        export * as HeapSnapshot from '${DEVTOOLS_WORKER}/HeapSnapshot.js';
        export * as HeapSnapshotLoader from '${DEVTOOLS_WORKER}/HeapSnapshotLoader.js';`,
      resolveDir: folder,
    },
    outfile: path.join(folder, 'devtools.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    resolveExtensions: ['.ts', '.js'],
    logLevel: 'error',
    plugins: [
      {
        name: 'no-languages',
        setup(build) {
          const namespace = 'no-languages';
          build.onResolve({ filter: /\/locales\.js$/ }, ({ path }) => ({ path, namespace }));
          build.onLoad({ filter: /./, namespace }, () => ({
            contents: `
              export const LOCALES = ['en-US'];
              export const BUNDLED_LOCALES = ['en-US'];
              export const DEFAULT_LOCALE = 'en-US';
              export const REMOTE_FETCH_PATTERN = '';
              export const LOCAL_FETCH_PATTERN = '';`,
          }));
        },
      },
    ],
  });
}
