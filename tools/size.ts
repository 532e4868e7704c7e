// `npm run size`: packages the extension, prints the size of each bundle and of the package, and how long
// a real VS Code takes to activate it. Fails if something is larger than it may be; times only are told.
import { readdirSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { median } from '../src/base/median';
import { runCommand } from '../test/support/vscode/runCommand';
import { projectRoot } from '../test/support/projectRoot';
import { packageExtension, packageFolder } from './packageExtension';

/** In bytes. */
const LIMITS: Readonly<Record<string, number>> = { 'panel.js': 400_000, '.vsix': 2_000_000 };
const ACTIVATION_LIMIT_MS = 60;
const ACTIVATION_RUNS = 5;

interface Measure {
  readonly name: string;
  readonly bytes: number;
  readonly limit?: number;
}

async function measureSizes(): Promise<Measure[]> {
  const vsix = await packageExtension();
  const dist = path.join(packageFolder, 'dist');
  const files = [...readdirSync(dist).map((name) => path.join(dist, name)), vsix];
  return files.map((file) => {
    const name = path.basename(file);
    const limit = LIMITS[name] ?? LIMITS[path.extname(name)];
    return { name, bytes: statSync(file).size, ...(limit !== undefined && { limit }) };
  });
}

function describe({ name, bytes, limit }: Measure): string {
  const size = `${(bytes / 1000).toFixed(1)} kB`.padStart(10);
  const verdict = limit === undefined ? '' : bytes > limit ? '  TOO LARGE' : '  ok';
  const allowed = limit === undefined ? '' : `  of ${limit / 1000} kB`;
  return `${name.padEnd(24)}${size}${allowed}${verdict}`;
}

/**
 * What VS Code says of the packaged extension: time to load the code and to call `activate`. An empty
 * extension in the same windows shows how much of it is the wait for others that start as well.
 */
async function measureActivation(): Promise<string> {
  const own: number[] = [];
  const empty: number[] = [];
  for (let run = 0; run < ACTIVATION_RUNS; run++) {
    const tests = ['--import', 'tsx', 'test/support/vscode/hostedTests.ts', 'vscodeActivation'];
    const output = await runCommand(process.execPath, tests, { cwd: projectRoot });
    own.push(activationTime(output, 'Leakline'));
    empty.push(activationTime(output, 'carrier'));
  }
  const ofEmpty = `an empty extension ${median(empty)} ms (${empty.join(', ')})`;
  return `activation in VS Code     ${median(own)} ms (${own.join(', ')}), wanted: under ${ACTIVATION_LIMIT_MS} ms; ${ofEmpty}`;
}

function activationTime(output: string, extension: string): number {
  const time = new RegExp(`^${extension}: Activation: (\\d+)ms`, 'm').exec(output)?.[1];
  if (time === undefined) throw new Error('VS Code did not say how long activation takes.');
  return Number(time);
}

async function main(): Promise<void> {
  const measures = await measureSizes();
  console.log(measures.map(describe).join('\n'));
  console.log(await measureActivation());
  const tooLarge = measures.filter(({ bytes, limit = Infinity }) => bytes > limit);
  if (tooLarge.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
