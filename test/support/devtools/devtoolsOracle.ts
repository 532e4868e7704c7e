import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { ClassSummary } from '../../../src/heap/classSummary';
import { UNREACHABLE } from '../../../src/heap/distances';
import { projectRoot } from '../projectRoot';
import { inTemporaryFolder } from '../temporaryFolder';
import { cachedFolder } from '../vscode/cachedFolder';
import { runCommand } from '../vscode/runCommand';

/** A function as DevTools' view of allocations has it; line and column from 1, 0 if unknown. */
export interface OracleFrame {
  readonly functionName: string;
  readonly scriptName: string;
  readonly scriptId: number;
  readonly line: number;
  readonly column: number;
}

/** Who allocated what, as DevTools has it. */
interface OracleTraces {
  /** V8's number of the trace by NodeOrdinal, 0 if there is none. */
  readonly traceIds: readonly number[];
  /** By the number of the trace: the innermost function first, V8's root last. */
  readonly stacks: Readonly<Record<number, readonly OracleFrame[]>>;
  /** What each function allocated by itself, the root included. */
  readonly functions: readonly (Omit<OracleFrame, 'functionName'> & {
    readonly name: string;
    readonly count: number;
    readonly size: number;
    readonly liveCount: number;
    readonly liveSize: number;
  })[];
}

/** What DevTools has besides, as it has it. */
interface OracleDetails {
  readonly ids: readonly number[];
  readonly locations: readonly (object | null)[];
  readonly distances: readonly number[];
  /** The keys of its table of classes. */
  readonly classKeys: readonly string[];
}

/** What DevTools computes about a snapshot; the arrays are by NodeOrdinal. */
export interface OracleAnswer {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly totalBytes: number;
  readonly classes: readonly ClassSummary[];
  /** Absent if allocations were not recorded. */
  readonly traces?: OracleTraces;
  /** Of small snapshots only. */
  readonly details?: OracleDetails;
  readonly retainedSizes: Float64Array;
  readonly selfSizes: Float64Array;
  /** NodeOrdinal; the root is its own. */
  readonly dominatorOf: Uint32Array;
  /** UNREACHABLE if nothing reaches the node. */
  readonly distances: Int32Array;
  /** 0 unknown, 1 attached, 2 detached. */
  readonly detachedness: Uint8Array;
}

/**
 * Loads snapshots one after another with the heap snapshot worker of Chrome DevTools (npm package
 * `chrome-devtools-frontend`), in a process of its own.
 */
export async function askDevtools(files: readonly string[]): Promise<OracleAnswer[]> {
  const program = path.join(await provideOracle(), 'oracle.mjs');
  return inTemporaryFolder(async (folder) => {
    await runCommand(process.execPath, ['--max-old-space-size=4096', program, folder, ...files]);
    return Promise.all(files.map((_, index) => readAnswer(path.join(folder, String(index)))));
  });
}

/** The folder of the bundled oracle.mjs, made on first use. */
async function provideOracle(): Promise<string> {
  const source = path.join(__dirname, 'oracle.mjs');
  const devtools = path.join(projectRoot, 'node_modules', 'chrome-devtools-frontend');
  const { version } = JSON.parse(await readFile(path.join(devtools, 'package.json'), 'utf8')) as {
    version: string;
  };
  const hash = createHash('sha256')
    .update(await readFile(source))
    .digest('hex')
    .slice(0, 12);
  return cachedFolder(`devtools-${version}-${hash}`, (folder) => bundleOracle(source, folder));
}

async function bundleOracle(source: string, folder: string): Promise<void> {
  await build({
    entryPoints: [source],
    outfile: path.join(folder, 'oracle.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    resolveExtensions: ['.ts', '.js'],
    logLevel: 'silent',
    plugins: [
      {
        // DevTools generates this list of languages when it is built.
        name: 'locales',
        setup: (bundle) => {
          bundle.onResolve({ filter: /locales\.js$/ }, () => ({
            path: 'locales',
            namespace: 'stub',
          }));
          bundle.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
            contents:
              'export const LOCALES = ["en-US"], BUNDLED_LOCALES = ["en-US"];' +
              'export const DEFAULT_LOCALE = "en-US", REMOTE_FETCH_PATTERN = "", LOCAL_FETCH_PATTERN = "";',
          }));
        },
      },
    ],
  });
}

async function readAnswer(output: string): Promise<OracleAnswer> {
  const summary = JSON.parse(await readFile(`${output}.json`, 'utf8')) as Pick<
    OracleAnswer,
    'nodeCount' | 'edgeCount' | 'totalBytes' | 'classes' | 'traces' | 'details'
  >;
  const { buffer } = new Uint8Array(await readFile(`${output}.bin`));
  const { nodeCount } = summary;
  return {
    ...summary,
    retainedSizes: new Float64Array(buffer, 0, nodeCount),
    selfSizes: new Float64Array(buffer, 8 * nodeCount, nodeCount),
    dominatorOf: new Uint32Array(buffer, 16 * nodeCount, nodeCount),
    distances: new Int32Array(buffer, 20 * nodeCount, nodeCount).map(distance),
    detachedness: new Uint8Array(buffer, 24 * nodeCount, nodeCount),
  };
}

/** DevTools has another number for what nothing reaches. */
function distance(devtoolsDistance: number): number {
  return devtoolsDistance === -5 ? UNREACHABLE : devtoolsDistance;
}
