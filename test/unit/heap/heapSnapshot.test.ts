import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { formatBytes } from '../../../src/base/bytes';
import type { Progress } from '../../../src/base/progress';
import { loadHeapSnapshot, type HeapSnapshot } from '../../../src/heap/heapSnapshot';
import { drawHeap } from '../../support/graphText';

const drawn = drawHeap(
  `
root
  global:shortcut -> map
map 16 "Map"
  table:internal -> table
table :array 100
  {1} -> value
value 4 "Session"
`,
  { extraNativeBytes: 1000 },
);

async function* twoChunks(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  const half = drawn.bytes.length >> 1;
  yield drawn.bytes.subarray(0, half);
  yield drawn.bytes.subarray(half);
}

describe('loadHeapSnapshot', () => {
  it('keeps raw sizes in the graph, and counts with adjusted ones', async () => {
    const snapshot = await loadHeapSnapshot(twoChunks());
    const map = drawn.node('map');
    assert.equal(snapshot.graph.selfSizeOf[map], 16);
    assert.equal(snapshot.selfSizes[map], 116);
    assert.equal(snapshot.retainedSizes[map], 120);
    assert.equal(snapshot.distances[drawn.node('value')], 3);
    assert.equal(snapshot.totalBytes, 1120);
  });

  it('reads while the stream still goes on', async () => {
    let progressed = () => {};
    const reading = new Promise<void>((resolve) => (progressed = resolve));
    const most = drawn.bytes.length - 50;
    async function* withholding() {
      yield drawn.bytes.subarray(0, most);
      // Comes when all before it has been read, never if that waits for it.
      await reading;
      yield drawn.bytes.subarray(most);
    }
    const steps: string[] = [];
    const snapshot = await loadHeapSnapshot(withholding(), {
      onCounts: ({ nodeCount, edgeCount }) => steps.push(`${nodeCount} nodes, ${edgeCount} edges`),
      onProgress: ({ message }) => {
        if (message === `Reading the snapshot (${formatBytes(most)})`) progressed();
        steps.push(message);
      },
    });
    assert.equal(snapshot.graph.nodeCount, 4);
    assert.deepEqual(steps.slice(0, 3), [
      '4 nodes, 3 edges',
      `Reading the snapshot (${formatBytes(most)})`,
      `Reading the snapshot (${formatBytes(drawn.bytes.length)})`,
    ]);
  });

  it('stops where the size of the heap is refused', async () => {
    const onCounts = () => {
      throw new RangeError('too large');
    };
    await assert.rejects(loadHeapSnapshot(twoChunks(), { onCounts }), /too large/);
  });

  it('reports each step with a fraction that only grows', async () => {
    const steps: Progress[] = [];
    await loadHeapSnapshot(twoChunks(), {
      byteLength: drawn.bytes.length,
      onProgress: (step) => steps.push(step),
    });
    const fractions = steps.map((step) => step.fraction ?? NaN);
    assert.ok(steps.length > 4);
    assert.ok(fractions.every((fraction, i) => fraction <= 1 && !(fraction < fractions[i - 1])));
    assert.ok(steps.some(({ message }) => message === 'Finding dominators'));
  });

  it('names each pass as it begins, the reading of the file first', async () => {
    const passes: string[] = [];
    const steps: string[] = [];
    await loadHeapSnapshot(twoChunks(), {
      onPass: (name) => passes.push(name),
      onProgress: ({ message }) => steps.push(`${passes.length} ${message.split(' (')[0]}`),
    });
    assert.ok(passes.includes('Finding dominators'));
    const [reading, ...others] = passes.map((name, index) => `${index + 1} ${name}`);
    assert.deepEqual(steps, [reading, reading, ...others]);
  });

  it('stops between two steps when cancelled', async () => {
    const signal = { aborted: false };
    const onProgress = ({ message }: Progress) => {
      signal.aborted = message === 'Finding retainers';
    };
    await assert.rejects(loadHeapSnapshot(twoChunks(), { signal, onProgress }), {
      code: 'cancelled',
    });
  });
});

describe('loadHeapSnapshot, given the snapshot of this Node.js', () => {
  const PROGRAM = `
    class Session { constructor(id) { this.id = id; this.tokens = new Array(1000).fill(id + 0.5); } }
    globalThis.sessions = new Map();
    for (let id = 0; id < 500; id++) sessions.set('user' + id, new Session(id));
    require('v8').getHeapSnapshot().pipe(process.stdout);
    //# sourceMappingURL=program.js.map`;
  let snapshot: HeapSnapshot;

  before(async () => {
    const child = spawn(process.execPath, ['-e', PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      snapshot = await loadHeapSnapshot(child.stdout as AsyncIterable<Uint8Array>);
    } finally {
      child.kill();
    }
  });

  const nodesOf = (name: string) =>
    Array.from({ length: snapshot.graph.nodeCount }, (_, node) => node).filter(
      (node) => snapshot.className(node) === name && snapshot.graph.nodeType(node) === 'object',
    );

  it('finds the instances of a class, and what each of them keeps', () => {
    const sessions = nodesOf('Session').filter(
      (node) => snapshot.graph.findEdge(node, 'tokens') > 0,
    );
    assert.equal(sessions.length, 500);
    for (const session of sessions) {
      assert.ok(snapshot.retainedSizes[session] >= 8000, String(snapshot.retainedSizes[session]));
    }
    const { graph, dominatorOf, retainedSizes } = snapshot;
    const global = nodesOf('global').find((node) => graph.findEdge(node, 'sessions') > 0)!;
    const map = graph.findEdge(global, 'sessions');
    assert.equal(snapshot.className(map), 'Map');
    assert.ok(retainedSizes[map] >= 500 * 8000);
    assert.ok(sessions.every((session) => dominates(dominatorOf, map, session)));
    assert.equal(
      retainedSizes[0],
      [...snapshot.selfSizes].reduce((a, b) => a + b),
    );
  });

  it('knows the script of every located closure, and where a class begins', () => {
    const { graph } = snapshot;
    const scripts = snapshot.scripts();
    const ids = new Set<number>();
    for (let node = 0; node < graph.nodeCount; node++) {
      if (graph.nodeType(node) !== 'closure') continue;
      const scriptId = graph.location(node)?.scriptId;
      if (scriptId !== undefined) ids.add(scriptId);
    }
    assert.ok(ids.size > 20);
    assert.deepEqual(
      [...ids].filter((id) => !scripts.has(id)),
      [],
    );
    assert.ok([...scripts.values()].some(({ url }) => url === 'node:internal/process/execution'));

    const session = nodesOf('Session').find((node) => graph.findEdge(node, 'tokens') > 0)!;
    const location = graph.location(session)!;
    assert.equal(location.line, 1);
    const script = scripts.get(location.scriptId);
    assert.equal(script?.url, '[eval]');
    assert.equal(script?.sourceMapUrl, 'program.js.map');
  });
});

function dominates(dominatorOf: Uint32Array, above: number, node: number): boolean {
  for (let at = node; at !== 0; at = dominatorOf[at]) if (at === above) return true;
  return false;
}
