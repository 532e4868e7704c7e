// `npm run bench [-- OPTIONS]`: compares Leakline with other engines on the same snapshots, and
// writes what it found to RESULTS.md. `--help` lists the options.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../support/vscode/runCommand';
import { provideBenchNode } from './benchNode';
import { compareDiff, type DiffComparison } from './compareDiff';
import { compareEngines, type Comparison } from './compareEngines';
import { ALL_ENGINES, provideEngines, readEngineNames } from './engines';
import {
  ALL_INPUTS,
  provideInput,
  provideRetainers,
  provideSeries,
  readInputNames,
} from './inputs';
import { measurePanel, type PanelTimes } from './measurePanel';
import { measuredRun, type Run } from './measuredRun';
import { mergeSections } from './mergeSections';
import { renderResults } from './renderResults';

const HELP = `npm run bench -- [OPTIONS]

  --only NAMES      inputs: ${ALL_INPUTS.join(',')} (default: all)
  --engines NAMES   engines: ${ALL_ENGINES.join(',')} (default: all)
  --parts NAMES     parts: engines,queries,diff,panel (default: all)
  --runs N          runs of each engine on each input, of which the median counts (default: 3)
  --output FILE     where to write the results (default: test/bench/RESULTS.md)

Sections of the output about what does not run stay as they are.
Inputs and engines are made or fetched on first use and kept in .cache/bench.
`;

const PARTS = ['engines', 'queries', 'diff', 'panel'] as const;

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: ALL_INPUTS.join(',') },
    engines: { type: 'string', default: ALL_ENGINES.join(',') },
    parts: { type: 'string', default: PARTS.join(',') },
    runs: { type: 'string', default: '3' },
    output: { type: 'string', default: path.join(__dirname, 'RESULTS.md') },
    help: { type: 'boolean', default: false },
  },
});

async function compareAll(node: string, runs: number): Promise<Comparison[]> {
  const enginesFolder = await provideEngines();
  const engines = readEngineNames(options.engines);
  const comparisons: Comparison[] = [];
  for (const input of readInputNames(options.only)) {
    const file = await provideInput(input, node);
    comparisons.push(await compareEngines(input, file, { node, enginesFolder, engines, runs }));
  }
  return comparisons;
}

/** Opens the largest snapshot that a real process wrote. */
async function openLarge(node: string): Promise<Run> {
  const program = path.join(__dirname, 'engines', 'openSnapshot.ts');
  const file = await provideInput('l', node);
  return measuredRun(['--import', 'tsx', program, file], { node, limitSeconds: 300 });
}

async function versionOf(node: string): Promise<string> {
  return (await runCommand(node, ['--version'])).trim();
}

async function main(): Promise<void> {
  const parts = options.parts.split(',');
  const unknown = parts.find((part) => !(PARTS as readonly string[]).includes(part));
  if (unknown) throw new Error(`There is no part "${unknown}"; choose from ${PARTS.join(', ')}.`);
  const runs = Number(options.runs);
  if (!(runs >= 1)) throw new Error('--runs must be a number from 1 on.');

  const node = await provideBenchNode();
  const comparisons = parts.includes('engines') ? await compareAll(node, runs) : [];
  const opened: Run | undefined = parts.includes('queries') ? await openLarge(node) : undefined;
  const diff: DiffComparison | undefined = parts.includes('diff')
    ? await compareDiff(await provideSeries(node), node, runs)
    : undefined;
  const panel: PanelTimes | undefined = parts.includes('panel')
    ? await measurePanel(await provideRetainers(node))
    : undefined;
  const text = renderResults({
    comparisons,
    opened,
    diff,
    panel,
    runs,
    nodeVersion: await versionOf(node),
  });
  const before = existsSync(options.output) ? readFileSync(options.output, 'utf8') : '';
  writeFileSync(options.output, mergeSections(before, text));
  console.log(`\n${text}`);
}

if (options.help) console.log(HELP);
else
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
