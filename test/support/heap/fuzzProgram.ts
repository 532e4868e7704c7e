// `fuzzProgram SNAPSHOT FIRST_SEED COUNT`: loads as many damaged forms of a snapshot, each of which must
// end as a consistent graph or as an error that names the byte. Writes each seed before it is tried, so
// that whoever started this knows which one hangs or crashes.
import assert from 'node:assert/strict';
import { readFileSync, writeSync } from 'node:fs';
import { LeaklineError } from '../../../src/base/errors';
import { loadHeapSnapshot, type HeapSnapshot } from '../../../src/heap/heapSnapshot';
import { chunksOf } from './chunks';
import { damagedSnapshot } from './damagedSnapshot';
import { SeededRandom } from './seededRandom';

/** Far more than the snapshots need, and far less than their headers may claim. */
const mostBytesAtOnce = 128 << 20;

forbidLargeBuffers();
void main(process.argv.slice(2));

async function main([file, firstSeed, count]: string[]): Promise<void> {
  const snapshot = readFileSync(file, 'latin1');
  const ends: Record<string, number> = {};
  for (let seed = Number(firstSeed); seed < Number(firstSeed) + Number(count); seed++) {
    writeSync(1, `${seed}\n`);
    const end = await tryToLoad(snapshot, new SeededRandom(seed));
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
  try {
    assertConsistent(await loadHeapSnapshot(chunksOf(bytes, chunkBytes), options));
    return 'loaded';
  } catch (error) {
    if (!(error instanceof LeaklineError)) throw error;
    assert.match(error.message, /byte \d+/);
    assert.ok(error.code === 'notASnapshot' || error.code === 'truncatedSnapshot', error.code);
    return error.code;
  }
}

/** Fails if something that the graph promises is not so. */
function assertConsistent(snapshot: HeapSnapshot): void {
  const { graph, dominatorOf, retainedSizes, selfSizes } = snapshot;
  assert.equal(graph.firstEdgeOf[graph.nodeCount], graph.edgeCount);
  let sum = 0;
  for (let node = 0; node < graph.nodeCount; node++) {
    snapshot.className(node);
    graph.location(node);
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
