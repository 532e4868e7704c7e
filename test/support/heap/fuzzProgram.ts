// `fuzzProgram SNAPSHOT FIRST_SEED COUNT [LOADER]`: loads as many damaged forms of a snapshot, each of
// which must end as a consistent graph or as an error that names the byte. With LOADER, the program of a
// second thread, each is a file that two threads load, and must end as it does in the streaming parser.
// Writes each seed before it is tried, so that whoever started this knows which one hangs or crashes.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync, writeSync } from 'node:fs';
import { loadSnapshotFile } from '../../../src/analysis/loadSnapshotFile';
import { LeaklineError } from '../../../src/base/errors';
import type { Progress } from '../../../src/base/progress';
import type { HeapGraph } from '../../../src/heap/heapGraph';
import { loadHeapSnapshot, type HeapSnapshot } from '../../../src/heap/heapSnapshot';
import { chunksOf } from './chunks';
import { damagedSnapshot } from './damagedSnapshot';
import { graphContents } from './graphContents';
import { SeededRandom } from './seededRandom';

/** Far more than the snapshots need, and far less than their headers may claim. */
const mostBytesAtOnce = 128 << 20;

forbidLargeBuffers();
void main(process.argv.slice(2));

async function main([file, firstSeed, count, loaderPath]: string[]): Promise<void> {
  const snapshot = readFileSync(file, 'latin1');
  const ends: Record<string, number> = {};
  for (let seed = Number(firstSeed); seed < Number(firstSeed) + Number(count); seed++) {
    writeSync(1, `${seed}\n`);
    const random = new SeededRandom(seed);
    const end = loaderPath
      ? await tryBothLoaders(snapshot, random, `${file}.damaged`, loaderPath)
      : await tryToLoad(snapshot, random);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  writeSync(1, `${JSON.stringify({ ends, peakMegabytes })}\n`);
}

async function tryToLoad(snapshot: string, random: SeededRandom): Promise<string> {
  const bytes = Buffer.from(damagedSnapshot(snapshot, random), 'latin1');
  const chunkBytes = 1 + (bytes.length >> 10) + random.below(random.pick([64, bytes.length + 1]));
  const byteLength = random.pick([undefined, bytes.length, snapshot.length, 10]);
  const options = byteLength === undefined ? {} : { byteLength };
  const { error } = await endOf(loadHeapSnapshot(chunksOf(bytes, chunkBytes), options));
  return error?.code ?? 'loaded';
}

async function tryBothLoaders(
  snapshot: string,
  random: SeededRandom,
  damagedFile: string,
  loaderPath: string,
): Promise<string> {
  const bytes = Buffer.from(damagedSnapshot(snapshot, random), 'latin1');
  writeFileSync(damagedFile, bytes);
  let path = 'two threads';
  // Only the streaming parser says how many bytes it has read.
  const onProgress = ({ message }: Progress) => message.includes('(') && (path = 'streamed');
  const end = await endOf(loadSnapshotFile(damagedFile, { loaderPath, onProgress }));
  const expected = await endOf(
    loadHeapSnapshot(chunksOf(bytes, 1 << 20), { byteLength: bytes.length }),
  );
  assert.equal(end.error?.message, expected.error?.message);
  assert.deepEqual(end.contents, expected.contents);
  return end.error?.code ?? `loaded, ${path}`;
}

interface End {
  readonly error?: LeaklineError;
  readonly contents?: object;
}

async function endOf(loading: Promise<HeapSnapshot>): Promise<End> {
  try {
    const snapshot = await loading;
    assertConsistent(snapshot);
    return { contents: contentsOf(snapshot) };
  } catch (error) {
    if (!(error instanceof LeaklineError)) throw error;
    assert.match(error.message, /byte \d+/);
    assert.ok(error.code === 'notASnapshot' || error.code === 'truncatedSnapshot', error.code);
    return { error };
  }
}

/** All that two ways to load must agree on; one keeps ids and sizes in wider columns. */
function contentsOf({ graph, ...passes }: HeapSnapshot): object {
  const { nodeIdOf, selfSizeOf } = graph;
  const wide = Object.assign(Object.create(graph) as HeapGraph, {
    nodeIdOf: Float64Array.from(nodeIdOf),
    selfSizeOf: Float64Array.from(selfSizeOf),
  });
  return {
    ...graphContents(wide),
    distances: passes.distances.join(),
    dominatorOf: passes.dominatorOf.join(),
    retainedSizes: passes.retainedSizes.join(),
  };
}

/** Fails if something that the graph promises is not so. */
function assertConsistent(snapshot: HeapSnapshot): void {
  const { graph, dominatorOf, retainedSizes, selfSizes } = snapshot;
  assert.equal(graph.firstEdgeOf[graph.nodeCount], graph.edgeCount);
  let sum = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    snapshot.className(node);
    graph.location(node);
    graph.allocationTraces?.stackOf(node);
    assert.ok(graph.firstEdgeOf[node] <= graph.firstEdgeOf[node + 1]);
    assert.ok(dominatorOf[node] < graph.nodeCount);
    sum += selfSizes[node];
  }
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const isNumbered = graph.edgeNameIsIndex(edge);
    const inRange = isNumbered || graph.edgeNameOrIndexOf[edge] < graph.strings.length;
    if (!inRange || graph.edgeTargetOf[edge] >= graph.nodeCount) assert.fail(`edge ${edge}`);
  }
  // Sums of numbers near 2^53 depend on their order.
  if (sum < 2 ** 50) assert.equal(retainedSizes[0], sum);
  for (let index = 0; index < graph.strings.length; index++) graph.strings.get(index);
  snapshot.scripts();
}

/** Lets whatever asks for a huge buffer fail, which the operating system would often grant. */
function forbidLargeBuffers(): void {
  const names = [
    'ArrayBuffer',
    'SharedArrayBuffer',
    'Uint8Array',
    'Uint16Array',
    'Int32Array',
  ] as const;
  for (const name of [...names, 'Uint32Array', 'Float64Array', 'Array'] as const) {
    const original = globalThis[name] as new (...args: unknown[]) => object;
    const construct = (_: unknown, args: unknown[], newTarget: new () => object) => {
      const [length] = args;
      if (typeof length === 'number' && length > mostBytesAtOnce)
        throw new Error(`A ${name} of length ${length} was asked for.`);
      return Reflect.construct<unknown[], object>(original, args, newTarget);
    };
    Object.assign(globalThis, { [name]: new Proxy(original, { construct }) });
  }
}
