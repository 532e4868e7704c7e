import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { LeakReport } from '../../src/leaks/leakReport';
import { runCase } from '../eval/runCase';
import { inTemporaryFolder } from './temporaryFolder';

/** Calls a round: enough to outgrow a limit of 1,000 within the rounds of a run. */
const CALLS = 400;

/**
 * What `leakline find` says of one program made of these modules: each round calls the only function
 * that each of them exports, with a number that is always a new one.
 * @param modules Their text by file name.
 */
export async function findInModules(modules: ReadonlyMap<string, string>): Promise<LeakReport> {
  return inTemporaryFolder(async (folder) => {
    for (const [name, text] of modules) await writeFile(path.join(folder, name), text);
    await writeFile(path.join(folder, 'main.mjs'), mainOf([...modules.keys()]));
    await writeFile(path.join(folder, 'package.json'), '{ "main": "main.mjs" }');
    const about = { name: path.basename(folder), shape: 'none', leak: true, expected: [] };
    const evalCase = { ...about, folder, verify: { n: CALLS } };
    const signal = new AbortController().signal;
    const run = await runCase(evalCase, 'healthy', { node: process.execPath, signal });
    if (!run.report) throw new Error(run.error);
    return run.report;
  });
}

function mainOf(names: readonly string[]): string {
  const imports = names.map((name, i) => `import * as module${i} from './${name}';`);
  const modules = names.map((_, i) => `module${i}`).join(', ');
  return `${imports.join('\n')}
const works = [${modules}].flatMap((module) => Object.values(module).filter(isWork));
function isWork(value) {
  return typeof value === 'function' && !/^class\\b/.test(value);
}
export async function work(i) {
  for (const each of works) await each(i);
}
`;
}
