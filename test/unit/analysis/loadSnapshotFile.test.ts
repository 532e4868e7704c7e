import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { loadSizedHeap, loadSnapshotFile } from '../../../src/analysis/loadSnapshotFile';
import type { Progress } from '../../../src/base/progress';
import type { HeapGraph } from '../../../src/heap/heapGraph';
import { loadHeapSnapshot, type HeapSnapshot } from '../../../src/heap/heapSnapshot';
import { drawHeap, type SnapshotLayout } from '../../support/graphText';

/** So large that both threads get blocks of both sections to read. */
const NODES = 30_000;

/** A heap with everything that a pass treats in its own way, at random. */
function drawSomething(): string {
  let seed = 11;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const names = ['next', 'value:internal', '[3]', '{5}', 'w:weak', 's:shortcut', 'c:context'];
  const types = ['', ':array', ':hidden', ':string', ':closure', ':native', ':code'];
  const lines = ['root', '  global:shortcut -> n0', '  [1] -> n9', '  [2] -> n8'];
  for (let node = 0; node < NODES; node++) {
    const location = node % 5 === 0 ? ` (${random(9)}:${random(100)}:${random(100)})` : '';
    const table = random(NODES) * 2 + 1;
    lines.push(
      `n${node} ${types[random(types.length)]} ${random(1e6)} "name ${random(500)}"${location}`,
    );
    for (let edges = random(7); edges > 0; edges--) {
      const target = `n${random(4) ? Math.min(NODES - 1, node + random(50)) : random(NODES)}`;
      const pair = `part of key (a @${random(99)}) -> value (b @7) pair in WeakMap (table @${table})`;
      const name = random(20) ? names[random(names.length)] : `"${random(9)} / ${pair}":internal`;
      lines.push(`  ${name} -> ${target}`);
    }
  }
  return lines.join('\n');
}

/** All numbers of a graph. */
function columns(graph: HeapGraph) {
  return Object.fromEntries(
    Object.entries(graph)
      .filter(([, value]) => ArrayBuffer.isView(value))
      .map(([name, column]) => [name, Array.from(column as Uint32Array)]),
  );
}

/** All numbers of a snapshot, and what it says of a few nodes. */
function contents(snapshot: HeapSnapshot) {
  const { graph, retainers } = snapshot;
  return {
    ...columns(graph),
    firstRetainerOf: Array.from(retainers.firstRetainerOf),
    retainingNodeOf: Array.from(retainers.retainingNodeOf),
    selfSizes: Array.from(snapshot.selfSizes),
    distances: Array.from(snapshot.distances),
    dominatorOf: Array.from(snapshot.dominatorOf),
    retainedSizes: Array.from(snapshot.retainedSizes),
    classNames: snapshot.classes.names,
    classOf: Array.from(snapshot.classes.classOf),
    totalBytes: snapshot.totalBytes,
    names: [0, 1, 77, NODES].map((node) => [
      snapshot.className(node),
      graph.nodeName(node),
      graph.location(node),
    ]),
  };
}

async function* asOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

describe('loadSnapshotFile', () => {
  const drawing = drawSomething();
  let folder = '';
  let loaderPath = '';

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'loader-'));
    loaderPath = path.join(folder, 'loaderWorker.js');
    await build({
      entryPoints: ['src/analysis/loaderWorker.ts'],
      bundle: true,
      platform: 'node',
      outfile: loaderPath,
    });
  });
  after(() => rm(folder, { recursive: true }));

  async function save(bytes: Uint8Array): Promise<string> {
    const file = path.join(folder, 'a.heapsnapshot');
    await writeFile(file, bytes);
    return file;
  }

  const layouts: [string, SnapshotLayout][] = [
    ['Node 24', { extraNativeBytes: 5 }],
    [
      'Node 20',
      {
        recordBreak: '\n,',
        nodeFields: [
          ...['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
        ],
      },
    ],
  ];
  for (const [version, layout] of layouts) {
    it(`finds what the streaming parser and the passes one by one find: ${version}`, async () => {
      const { bytes } = drawHeap(drawing, layout);
      const progress: Progress[] = [];
      const fast = await loadSnapshotFile(await save(bytes), {
        loaderPath,
        onProgress: (step) => progress.push(step),
      });
      assert.ok(!progress.some(({ message }) => message.includes('(')), 'two threads, no stream');
      assert.deepEqual(contents(fast), contents(await loadHeapSnapshot(asOne(bytes))));
      const fractions = progress.map(({ fraction }) => fraction!);
      assert.deepEqual(
        fractions,
        fractions.toSorted((a, b) => a - b),
      );
    });
  }

  it('takes the same sizes where nothing else is asked for, on one thread or two', async () => {
    const { bytes } = drawHeap(drawing);
    const file = await save(bytes);
    const whole = await loadSnapshotFile(file);
    for (const options of [{}, { loaderPath }]) {
      const { graph, selfSizes } = await loadSizedHeap(file, options);
      assert.deepEqual(columns(graph), columns(whole.graph));
      assert.deepEqual(Array.from(selfSizes), Array.from(whole.selfSizes));
    }
  });

  it('reads ids and sizes that need more than 32 bits', async () => {
    const { bytes } = drawHeap('root\n  a:shortcut -> a\na 5000000000 @4294967297');
    const { graph, retainedSizes } = await loadSnapshotFile(await save(bytes), { loaderPath });
    assert.equal(graph.nodeIdOf[1], 4294967297);
    assert.equal(retainedSizes[0], 5000000000);
  });

  it('adds up sizes beyond 32 bits', async () => {
    const { bytes } = drawHeap('root\n  a:shortcut -> a\na 4000000000\n  b -> b\nb 4000000000');
    const { retainedSizes } = await loadSnapshotFile(await save(bytes), { loaderPath });
    assert.deepEqual([...retainedSizes], [8000000000, 8000000000, 4000000000]);
  });

  const breakages: [string, (text: string) => string][] = [
    ['is cut off', (text) => text.slice(0, -1000)],
    ['is cut off between its numbers', (text) => text.slice(0, text.indexOf('"edges"') + 999)],
    ['has a letter among its numbers', (text) => text.replace('"edges":[', '"edges":[x')],
    ['has a bracket among its numbers', (text) => text.replace('"edges":[', '"edges":[1],"x":[')],
    ['names a string that is missing', (text) => text.replace('"<dummy>",', '')],
    ['is empty', () => ''],
  ];
  for (const [what, change] of breakages) {
    it(`says where a file breaks that ${what}`, async () => {
      const bytes = new TextEncoder().encode(change(drawHeap(drawing).text));
      const expected = await loadHeapSnapshot(asOne(bytes)).catch((error: Error) => error);
      assert.ok(expected instanceof Error);
      const { name, message } = expected;
      await assert.rejects(loadSnapshotFile(await save(bytes), { loaderPath }), { name, message });
    });
  }

  it('does without a second thread', async () => {
    const { bytes } = drawHeap('root\n  a:shortcut -> a\na 5');
    assert.equal((await loadSnapshotFile(await save(bytes))).totalBytes, 5);
  });

  it('says where a file breaks that declares more than it can hold, not that memory is short', async () => {
    const { text } = drawHeap('root\n  a:shortcut -> a\na 5');
    const lying = text.replace('"node_count":2', '"node_count":4294967294');
    const file = await save(new TextEncoder().encode(lying));
    for (const options of [{}, { loaderPath }]) {
      await assert.rejects(loadSnapshotFile(file, options), { code: 'notASnapshot' });
    }
  });

  it('names a file that is missing', async () => {
    await assert.rejects(loadSnapshotFile(path.join(folder, 'missing'), { loaderPath }), {
      code: 'ENOENT',
    });
  });
});
