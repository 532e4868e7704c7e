import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { runCommand } from '../support/vscode/runCommand';
import { benchFolder } from './benchFolder';

const INPUTS = ['s', 'm', 'l', 'xl'] as const;
export type InputName = (typeof INPUTS)[number];

/** How an input is made; the same recipe always gives the same snapshot, up to V8's own objects. */
interface Recipe {
  readonly generator: 'appHeap.cjs' | 'syntheticSnapshot.mjs' | 'manyRetainers.cjs';
  /** For Node.js. */
  readonly nodeArgs: readonly string[];
  /** The generator's measure of size. */
  readonly scale: number;
  /** Snapshots of the one process. */
  readonly count: number;
}

const app = (scale: number, count = 1): Recipe => ({
  generator: 'appHeap.cjs',
  nodeArgs: ['--expose-gc', '--max-old-space-size=12000'],
  scale,
  count,
});

const RECIPES: Readonly<Record<InputName | 'series' | 'retainers', Recipe>> = {
  s: app(4_500),
  m: app(44_000),
  l: app(215_000),
  xl: { generator: 'syntheticSnapshot.mjs', nodeArgs: [], scale: 65_700_000, count: 1 },
  series: app(44_000, 3),
  retainers: { generator: 'manyRetainers.cjs', nodeArgs: [], scale: 1_000_000, count: 1 },
};

/** @throws Error if one of the comma-separated names is none. */
export function readInputNames(list: string): InputName[] {
  return list.split(',').map((name) => {
    const known = INPUTS.find((input) => input === name);
    if (!known) throw new Error(`There is no input "${name}"; choose from ${INPUTS.join(', ')}.`);
    return known;
  });
}

export const ALL_INPUTS: readonly InputName[] = INPUTS;

/** Path of an input, made on first use. */
export async function provideInput(name: InputName, node: string): Promise<string> {
  const [file] = await provide(name, RECIPES[name], node);
  return file;
}

/** Paths of three snapshots of one process that did a little work in between, oldest first. */
export function provideSeries(node: string): Promise<string[]> {
  return provide('series', RECIPES.series, node);
}

/** Path of a snapshot in which the only `Tenant` has a million retainers. */
export async function provideRetainers(node: string): Promise<string> {
  const [file] = await provide('retainers', RECIPES.retainers, node);
  return file;
}

async function provide(name: string, recipe: Recipe, node: string): Promise<string[]> {
  const generator = path.join(__dirname, 'generators', recipe.generator);
  const key = createHash('sha256')
    .update(JSON.stringify([recipe, path.relative(benchFolder, node)]))
    .update(readFileSync(generator))
    .digest('hex')
    .slice(0, 8);
  const folder = path.join(benchFolder, 'inputs');
  const files = Array.from({ length: recipe.count }, (_, index) =>
    path.join(folder, `${name}${recipe.count > 1 ? index + 1 : ''}-${key}.heapsnapshot`),
  );
  if (files.every((file) => existsSync(file))) return files;

  console.log(`Making ${name}`);
  await mkdir(folder, { recursive: true });
  const partial = files.map((file) => `${file}.partial`);
  try {
    const { nodeArgs, scale } = recipe;
    await runCommand(node, [...nodeArgs, generator, String(scale), ...partial]);
    for (const [index, file] of files.entries()) await rename(partial[index], file);
  } finally {
    await Promise.all(partial.map((file) => rm(file, { force: true })));
  }
  return files;
}

/** Reads a file once, so that all engines find it in the page cache. */
export function warmUp(file: string): void {
  const buffer = Buffer.allocUnsafe(4 * 1024 * 1024);
  const fd = openSync(file, 'r');
  while (readSync(fd, buffer) > 0);
  closeSync(fd);
}

/** Facts about an input that stand in its own header. */
export function describeInput(file: string): {
  bytes: number;
  nodeCount: number;
  edgeCount: number;
} {
  const buffer = Buffer.alloc(16 * 1024);
  const fd = openSync(file, 'r');
  const header = buffer.toString('latin1', 0, readSync(fd, buffer));
  closeSync(fd);
  const count = (name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(header)?.[1]);
  return {
    bytes: statSync(file).size,
    nodeCount: count('node_count'),
    edgeCount: count('edge_count'),
  };
}
