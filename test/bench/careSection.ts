import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { runCommand } from '../support/vscode/runCommand';
import { provideBenchNode } from './benchNode';
import { mergeSections } from './mergeSections';

const PAGE = path.join(__dirname, 'CARE.md');

/** Puts a section into the page about what a look costs the target, in place of the one it had. */
export async function writeCareSection(section: string): Promise<void> {
  const version = (await runCommand(await provideBenchNode(), ['--version'])).trim();
  const [{ model }, ...others] = os.cpus();
  const machine = `${others.length + 1} × ${model}, ${(os.totalmem() / 1e9).toFixed(0)} GB, Linux ${os.release()}`;
  const head = [
    '# What a look costs the target',
    '',
    `Written by the commands that the headings name; do not edit. Measured on ${machine}, Node.js ${version}.`,
    '',
    '',
  ].join('\n');
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const page = mergeSections(before, `${head}${section}\n`);
  const style = await resolveConfig(PAGE);
  writeFileSync(PAGE, await format(page, { ...style, parser: 'markdown' }));
  console.log(`\n${section}\n`);
}
