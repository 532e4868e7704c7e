import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { AnalysisClient } from '../../../src/analysis/analysisClient';
import type { RetainerRow } from '../../../src/analysis/contract';
import type { LeaklineError } from '../../../src/base/errors';
import type { Progress } from '../../../src/base/progress';
import { loadHeapSnapshot, type HeapSnapshot } from '../../../src/heap/heapSnapshot';
import type { LeakAnalysis } from '../../../src/leaks/leakAnalysis';
import { projectRoot } from '../../support/projectRoot';
import { programPath } from '../inspector/program';

const workerPath = path.join(projectRoot, 'dist', 'analysisWorker.js');
const ROUNDS = 3;
const ORDERS_PER_ROUND = 100;

const never = new AbortController().signal;

let folder: string;
let paths: string[];

describe('AnalysisClient', () => {
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-analysis-'));
    const program = [programPath('writesSnapshots'), folder, `${ROUNDS + 1}`];
    await promisify(execFile)(process.execPath, program);
    paths = Array.from({ length: ROUNDS + 1 }, (_, i) => path.join(folder, `${i}.heapsnapshot`));
  });
  after(() => rm(folder, { recursive: true }));

  describe('with an analysis done', () => {
    let client: AnalysisClient;
    let analysis: LeakAnalysis;
    let last: HeapSnapshot;
    const progress: Progress[] = [];

    before(async () => {
      client = new AnalysisClient(workerPath);
      analysis = await client.analyze({ paths }, (step) => progress.push(step), never);
      last = await loadHeapSnapshot(createReadStream(paths[ROUNDS]));
    });
    after(() => client.dispose());

    it('has found what the program keeps', () => {
      assert.equal(analysis.verdict, 'leak');
      assert.equal(analysis.rounds, ROUNDS);
      const [suspect] = analysis.suspects;
      assert.equal(suspect.className, 'Order');
      assert.equal(suspect.countPerRound, ORDERS_PER_ROUND);
    });

    it('has told its progress, which never went back', () => {
      const fractions = progress.map(({ fraction = -1 }) => fraction);
      assert.deepEqual(
        fractions,
        [...fractions].sort((a, b) => a - b),
      );
      assert(fractions[0] >= 0 && fractions[fractions.length - 1] <= 1);
      for (let snapshot = 1; snapshot <= ROUNDS + 1; snapshot++) {
        const prefix = `Snapshot ${snapshot} of ${ROUNDS + 1}: `;
        assert(progress.some(({ message }) => message.startsWith(prefix)));
      }
    });

    it('gives retainers in pages of at most 200 rows', async () => {
      const node = nodeNamed(last, 'PriceList');
      const expected = strongRetainers(last, node);
      assert(expected.length > 2 * 200, `${expected.length} retainers`);
      const rows: RetainerRow[] = [];
      for (let more = true; more;) {
        const page = await client.retainers({ node, offset: rows.length, count: 1_000 });
        assert.equal(page.total, expected.length);
        assert(page.rows.length <= 200);
        rows.push(...page.rows);
        more = page.rows.length > 0;
      }
      assert.deepEqual(rows.map((row) => row.node).sort(byNumber), expected.sort(byNumber));
      const distances = rows.map(({ distance }) => distance);
      assert.deepEqual(distances, [...distances].sort(byNumber));
    });

    it('describes a retainer', async () => {
      const node = nodeNamed(last, 'PriceList');
      const { rows } = await client.retainers({ node, offset: 0, count: 200 });
      const row = rows.find(({ className }) => className === 'Order');
      assert(row);
      assert.equal(row.edge, '.prices');
      assert.equal(row.objectId, last.graph.nodeIdOf[row.node]);
      assert.equal(row.shallowBytes, last.selfSizes[row.node]);
      assert.equal(row.retainedBytes, last.retainedSizes[row.node]);
      assert.equal(row.expandable, true);
      assert(row.code, 'an instance has the place of its constructor');
    });

    it('leads from the leaked object up to the root', async () => {
      let { node } = analysis.suspects[0].path.at(-1)!;
      const seen: string[] = [];
      while (node !== 0) {
        assert(seen.length < 100, seen.join(' < '));
        const { rows } = await client.retainers({ node, offset: 0, count: 1 });
        seen.push(rows[0].className);
        node = rows[0].node;
      }
      assert.equal(seen.at(-1), '(GC root)');
      assert(seen.includes('Map'), seen.join(' < '));
    });

    it('has nothing to say about objects that are not there', async () => {
      for (const node of [-1, 0.5, last.graph.nodeCount, NaN]) {
        const page = await client.retainers({ node, offset: 0, count: 10 });
        assert.deepEqual(page, { total: 0, rows: [] });
      }
    });
  });

  it('hands on the error of a file, and can be used again', async () => {
    const client = new AnalysisClient(workerPath);
    try {
      const missing = path.join(folder, 'missing.heapsnapshot');
      await assert.rejects(client.analyze({ paths: [paths[0], missing] }, ignore, never), {
        name: 'LeaklineError',
        code: 'storage',
      });
      const { rounds } = await client.analyze({ paths: paths.slice(0, 2) }, ignore, never);
      assert.equal(rounds, 1);
    } finally {
      client.dispose();
    }
  });

  it('has no retainers before an analysis', async () => {
    const client = new AnalysisClient(workerPath);
    const page = await client.retainers({ node: 1, offset: 0, count: 10 });
    assert.deepEqual(page, { total: 0, rows: [] });
  });

  describe('ends its worker', () => {
    let client: AnalysisClient;
    let watch: WorkerWatch;

    beforeEach(async () => {
      watch = await WorkerWatch.open();
      client = new AnalysisClient(watch.workerPath);
    });
    afterEach(() => {
      client.dispose();
      watch.close();
    });

    it('when the analysis is aborted in the middle', async () => {
      const controller = new AbortController();
      const abort = () => controller.abort();
      await assert.rejects(client.analyze({ paths }, abort, controller.signal), {
        code: 'cancelled',
        message: 'Cancelled.',
      });
      await watch.gone;
    });

    it('when it is disposed of', async () => {
      await client.analyze({ paths: paths.slice(0, 2) }, ignore, never);
      client.dispose();
      await watch.gone;
      assert.deepEqual(await client.retainers({ node: 0, offset: 0, count: 1 }), {
        total: 0,
        rows: [],
      });
    });

    it('when the next analysis starts, which is not harmed by the end of the first', async () => {
      const first = client.analyze({ paths }, ignore, never).catch((error: unknown) => error);
      await watch.started;
      const second = await client.analyze({ paths: paths.slice(0, 2) }, ignore, never);
      assert.equal(((await first) as LeaklineError).code, 'cancelled');
      await watch.gone;
      assert.equal(second.rounds, 1);
      const { node } = second.suspects[0].path.at(-1)!;
      assert.notEqual((await client.retainers({ node, offset: 0, count: 1 })).total, 0);
    });

    it('and rejects what it was asked when the worker dies', async () => {
      const analysis = client.analyze({ paths }, () => watch.killWorker(), never);
      await assert.rejects(analysis, {
        code: 'internal',
        message: 'The analysis ended unexpectedly (exit code 7).',
      });
    });
  });
});

/** Lets a test see when the first worker has started and when it is gone. */
class WorkerWatch {
  readonly workerPath = path.join(folder, 'watchedWorker.cjs');
  readonly started: Promise<Socket>;
  readonly gone: Promise<unknown>;
  private readonly sockets: Socket[] = [];

  private constructor(private readonly server: ReturnType<typeof createServer>) {
    server.on('connection', (socket) => {
      socket.on('error', ignore).resume();
      this.sockets.push(socket);
    });
    this.started = once(server, 'connection').then(([socket]) => socket as Socket);
    this.gone = this.started.then(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
  }

  /** Makes a worker that stays connected for as long as it lives, and dies of what it is sent. */
  static async open(): Promise<WorkerWatch> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const watch = new WorkerWatch(server);
    const { port } = server.address() as AddressInfo;
    await writeFile(
      watch.workerPath,
      `require('node:net').connect(${port}, '127.0.0.1').on('data', () => process.exit(7));
       require(${JSON.stringify(workerPath)});`,
    );
    return watch;
  }

  killWorker(): void {
    for (const socket of this.sockets) socket.write('x');
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

function ignore(): void {}

function byNumber(a: number, b: number): number {
  return a - b;
}

function nodeNamed({ graph }: HeapSnapshot, name: string): number {
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeType(node) === 'object' && graph.nodeName(node) === name) return node;
  }
  return assert.fail(`no object ${name}`);
}

/** The holders of `node`, one for each edge, by going through all edges. */
function strongRetainers({ graph }: HeapSnapshot, node: number): number[] {
  const found: number[] = [];
  for (let holder = 0; holder < graph.nodeCount; holder++) {
    for (let edge = graph.firstEdgeOf[holder]; edge < graph.firstEdgeOf[holder + 1]; edge++) {
      if (graph.edgeTargetOf[edge] === node && graph.edgeType(edge) !== 'weak') found.push(holder);
    }
  }
  return found;
}
