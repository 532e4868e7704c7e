// `npm run demo`: Leakline on the demo shop, from a running server to the line. Needs nothing but
// what `npm ci` installs, and leaves only out/demo behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { LeakReport } from '../../src/leaks/leakReport';
import { renderMarkdown } from '../../src/report/renderMarkdown';
import { renderText } from '../../src/report/renderText';
import { outputFolder, projectRoot } from '../support/projectRoot';
import { buildShop, type RunningShop, shopFolder, startShop } from '../support/shop';

const folder = path.join(outputFolder, 'demo');
const jsonFile = path.join(folder, 'report.json');
const markdownFile = path.join(folder, 'report.md');

const STORY = `
A web shop's server leaks memory. The alert came at 2:30. A restart did not help; people looked at
the server's configuration first; at 3:45 somebody who read code came upon the line. Those 75
minutes are what Leakline turns into one. Here is the shop, and here is Leakline.
`;

async function demo(): Promise<void> {
  console.log(STORY);
  const started = performance.now();
  step('Building Leakline and the shop');
  await Promise.all([runNode(['esbuild.mjs']), buildShop()]);
  step('Starting the shop under --inspect');
  const shop = await startShop();
  try {
    await findLeaks(shop);
  } finally {
    await shop.stop();
  }
  const report = JSON.parse(readFileSync(jsonFile, 'utf8')) as LeakReport;
  writeFileSync(markdownFile, renderMarkdown(report));
  console.log(`\n${renderText(report, { colour: process.stdout.hasColors?.() === true })}`);
  console.log(farewell((performance.now() - started) / 1000));
  if (report.verdict !== 'leak') throw new Error('The leak of the shop was not found.');
}

async function findLeaks({ url, inspector, drive }: RunningShop): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  step(`leakline find --attach ${inspector} --drive "node traffic.mjs ${url}"`);
  const target = ['--attach', inspector, '--drive', drive()];
  const report = ['--root', shopFolder, '--format', 'json', '--output', jsonFile];
  await runNode(['dist/cli.js', 'find', ...target, ...report], [0, 1]);
}

/** Runs Node.js in the project's folder. @throws unless it ends with one of `expected`. */
async function runNode(args: readonly string[], expected: readonly number[] = [0]): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === null || !expected.includes(code)) {
    throw new Error(`${args.slice(0, 2).join(' ')} ended with ${code ?? 'a signal'}.`);
  }
}

function step(text: string): void {
  console.log(`> ${text}`);
}

function farewell(seconds: number): string {
  return `From build to line in ${Math.round(seconds)} seconds. The report is also here:
  ${path.relative(projectRoot, jsonFile)}
  ${path.relative(projectRoot, markdownFile)}

To see the same in VS Code:
  1. Open this folder in VS Code and press F5 (Run Extension); a second window opens.
  2. In a terminal: node --inspect=127.0.0.1:9229 examples/shop/dist/server.js
  3. In the second window, open the folder examples/shop and run "Leakline: Find Leaks" from the
     command palette. Attach to 127.0.0.1:9229 and let the drive command be
       node traffic.mjs URL        (the URL that the shop has printed)
  4. The line gets a diagnostic; the retaining chain is in the Leakline view.`;
}

demo().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
