import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { drawHeap } from '../../support/graphText';
import { outputFolder, projectRoot } from '../../support/projectRoot';
import { runCommand } from '../../support/vscode/runCommand';

const program = path.join(projectRoot, 'test', 'support', 'heap', 'fuzzProgram.ts');
const longestCaseMs = 20_000;
/** RSS hangs on when V8 collects, by hundreds of MB; a header that is believed asks for gigabytes. */
const mostMegabytes = 1000;

interface FuzzEnd {
  /** Cases by how they ended: `loaded`, or the code of the error. */
  readonly ends: Record<string, number>;
  readonly peakMegabytes: number;
}

/** Loads damaged forms of a snapshot in a process with little memory; fails with the seed that fails. */
async function fuzz(file: string, firstSeed: number, count: number): Promise<FuzzEnd> {
  const args = ['--max-old-space-size=200', '--import', 'tsx', program];
  const child = spawn(process.execPath, [...args, file, String(firstSeed), String(count)], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  let last = '';
  let patience: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    clearTimeout(patience);
    patience = setTimeout(() => child.kill('SIGKILL'), longestCaseMs);
  }
  clearTimeout(patience);
  const [code] = (await closed) as [number | null];
  if (code !== 0)
    assert.fail(`Seed ${last} of ${file}: ${complaint || 'killed, it took too long'}`);
  return JSON.parse(last) as FuzzEnd;
}

const DRAWING = `
root
  [1] -> gcRoots
  "global / file://":shortcut -> global
gcRoots :synthetic "(GC roots)"
  [12] -> map
global 16 "\\u00fcber \\ud83d\\ude00 \\\\ global" @4294967297 (7:10:2)
  "a key" -> map
  shared:internal -> element
map :array 5000000000 "(map descriptors)" @3000000001
  [4] -> text
  {3} -> global
  weak:weak -> text
  "1 / part of key (K @7) -> value (V @9) pair in WeakMap (table @3000000001)":internal -> text
text :"concatenated string" 8 "…" @2147483648 (0:0:4294967295)
  self -> text
element :native 24 "<div id=a>" detached
island 8 "Island"
  back -> gcRoots
`;

describe('A damaged snapshot', function () {
  this.timeout(180_000);
  // The files stay, so that a seed that failed can be tried again: its damage depends on the bytes.
  const folder = path.join(outputFolder, 'fuzz');

  before(() => mkdir(folder, { recursive: true }));

  it('that is small ends as a graph, or as an error that names the byte', async () => {
    const file = path.join(folder, 'small.heapsnapshot');
    await writeFile(file, drawHeap(DRAWING, { extraNativeBytes: 77 }).bytes);
    const { ends, peakMegabytes } = await fuzz(file, 1, 6000);
    for (const end of ['loaded', 'notASnapshot', 'truncatedSnapshot']) assert.ok(ends[end] > 100);
    assert.ok(peakMegabytes < mostMegabytes, `${peakMegabytes} MB`);
  });

  it('that Node.js wrote ends as a graph, or as an error that names the byte', async () => {
    const file = path.join(folder, 'real.heapsnapshot');
    await rm(file, { force: true });
    await runCommand(process.execPath, ['-p', `v8.writeHeapSnapshot(${JSON.stringify(file)})`]);
    const { ends, peakMegabytes } = await fuzz(file, 1, 50);
    assert.ok(ends.loaded > 0 && ends.notASnapshot > 0, JSON.stringify(ends));
    assert.ok(peakMegabytes < mostMegabytes, `${peakMegabytes} MB`);
  });
});
