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
const loader = path.join(projectRoot, 'dist', 'loaderWorker.js');
const longestCaseMs = 20_000;
/** RSS hangs on when V8 collects, by hundreds of MB; a header that is believed asks for gigabytes. */
const mostMegabytes = 1000;

interface FuzzEnd {
  /** Cases by how they ended: `loaded`, or the code of the error. */
  readonly ends: Record<string, number>;
  readonly peakMegabytes: number;
}

/**
 * Loads damaged forms of a snapshot in a process with little memory; fails with the seed that fails.
 *
 * @param rest see fuzzProgram.ts
 */
async function fuzz(file: string, ...rest: (number | string)[]): Promise<FuzzEnd> {
  const args = ['--max-old-space-size=200', '--import', 'tsx', program, file, ...rest.map(String)];
  const child = spawn(process.execPath, args, {
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

/** The functions of a recording, and which of them allocated when called by which. */
const traces = {
  functionInfos: [...[0, 0, 0, 0, 0, 0], ...[3, 2, 1, 7, 10, 2], ...[5, 3, 1, 7, 4294967295, 1]],
  tree: [1, 0, 2, 16, [2, 1, 1, 8, [3, 2, 9, 4294967295, []], 4, 2, 1, 8, []]],
};

describe('A damaged snapshot', function () {
  this.timeout(180_000);
  // The files stay, so that a seed that failed can be tried again: its damage depends on the bytes.
  const folder = path.join(outputFolder, 'fuzz');

  before(() => mkdir(folder, { recursive: true }));

  it('that is small ends as a graph, or as an error that names the byte', async () => {
    const file = path.join(folder, 'small.heapsnapshot');
    await writeFile(file, drawHeap(DRAWING, { extraNativeBytes: 77 }).bytes);
    const { ends, peakMegabytes } = await fuzz(file, 1, 4000);
    for (const end of ['loaded', 'notASnapshot', 'truncatedSnapshot']) assert.ok(ends[end] > 100);
    assert.ok(peakMegabytes < mostMegabytes, `${peakMegabytes} MB`);
  });

  it('in which allocations were recorded ends in these ways too', async () => {
    const file = path.join(folder, 'recorded.heapsnapshot');
    const nodeFields = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'];
    await writeFile(file, drawHeap(DRAWING, { nodeFields, traces }).bytes);
    const { ends, peakMegabytes } = await fuzz(file, 1, 2000);
    for (const end of ['loaded', 'notASnapshot', 'truncatedSnapshot']) assert.ok(ends[end] > 100);
    assert.ok(peakMegabytes < mostMegabytes, `${peakMegabytes} MB`);
  });

  it('that is small ends in the same way if two threads load it', async () => {
    const file = path.join(folder, 'file.heapsnapshot');
    // Numbers beyond 32 bits are for the streaming parser.
    const drawing = DRAWING.replace('4294967297', '77').replace('5000000000', '5000');
    await writeFile(file, drawHeap(drawing).bytes);
    const { ends } = await fuzz(file, 1, 100, loader);
    for (const end of ['loaded, two threads', 'notASnapshot', 'truncatedSnapshot'])
      assert.ok(ends[end] > 3, JSON.stringify(ends));
  });

  describe('that Node.js wrote', () => {
    const file = path.join(folder, 'real.heapsnapshot');

    before(async () => {
      await rm(file, { force: true });
      await runCommand(process.execPath, ['-p', `v8.writeHeapSnapshot(${JSON.stringify(file)})`]);
    });

    it('ends as a graph, or as an error that names the byte', async () => {
      const { ends, peakMegabytes } = await fuzz(file, 1, 30);
      // Whether one of so few still loads is up to chance: no two processes write the same heap.
      assert.ok(ends.notASnapshot > 0, JSON.stringify(ends));
      assert.ok(peakMegabytes < mostMegabytes, `${peakMegabytes} MB`);
    });

    it('ends in the same way if two threads load it', async () => {
      const { ends, peakMegabytes } = await fuzz(file, 101, 24, loader);
      assert.ok(ends['loaded, two threads'] > 0 && ends.notASnapshot > 0, JSON.stringify(ends));
      assert.ok(peakMegabytes < mostMegabytes, `${peakMegabytes} MB`);
    });
  });
});
