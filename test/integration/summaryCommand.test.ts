import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, copyFile, mkdtemp, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { SnapshotSummary } from '../../src/analysis/contract';
import { projectRoot } from '../support/projectRoot';

const cli = path.join(projectRoot, 'dist', 'cli.js');

const PROGRAM = `
  class Session { constructor(id) { this.tokens = new Array(1000).fill(id + 0.5); } }
  globalThis.sessions = Array.from({ length: 500 }, (_, id) => new Session(id));
  require('node:v8').writeHeapSnapshot(process.argv[1]);`;

describe('leakline summary', () => {
  let folder: string;
  let file: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-summary-'));
    file = path.join(folder, 'sessions.heapsnapshot');
    await promisify(execFile)(process.execPath, ['-e', PROGRAM, file]);
  });
  after(() => rm(folder, { recursive: true }));

  /** Runs the built command line to its end. */
  async function summary(...args: string[]) {
    const run = promisify(execFile)(process.execPath, [cli, 'summary', ...args], {
      maxBuffer: 1 << 26,
    });
    const { stdout, stderr } = await run.catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    return { code: run.child.exitCode, stdout, stderr };
  }

  it('tells the classes of a snapshot as JSON, with nothing else on standard output', async () => {
    const { code, stdout, stderr } = await summary(file, '--format', 'json', '--timings');
    assert.equal(code, 0);
    assert.match(stderr, /^Reading the snapshot\n[^]*Adding up classes\n$/);
    const { nodeCount, edgeCount, totalBytes, classes, timings } = JSON.parse(
      stdout,
    ) as SnapshotSummary;
    assert.ok(nodeCount > 10_000 && edgeCount > nodeCount);
    const sessions = classes.find(({ name }) => name === 'Session');
    assert.equal(sessions?.count, 500);
    assert.ok(sessions.retainedBytes >= 500 * 8000, String(sessions.retainedBytes));
    const shallow = classes.reduce((sum, { shallowBytes }) => sum + shallowBytes, 0);
    assert.ok(shallow > totalBytes / 2 && shallow <= totalBytes, `${shallow} of ${totalBytes}`);
    const retained = classes.map(({ retainedBytes }) => retainedBytes);
    assert.deepEqual(
      retained,
      retained.toSorted((a, b) => b - a),
    );
    assert.ok(timings.passes.some(({ name }) => name === 'Finding dominators'));
    assert.ok(timings.peakRssBytes > (await stat(file)).size);
  });

  it('prints the largest classes as a table', async () => {
    const { code, stdout } = await summary(file, '--top', '3');
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split('\n');
    assert.match(lines[0], /nodes, .* edges, .* MB$/);
    assert.equal(lines.length, 2 + 1 + 3 + 1);
    assert.match(stdout, /… \d+ more \(--top\)\n$/);
  });

  it('says what is wrong with a file that is none, or cut off', async () => {
    const missing = await summary(path.join(folder, 'missing'));
    assert.deepEqual([missing.code, missing.stdout], [3, '']);
    assert.match(missing.stderr, /Cannot read .*missing/);
    const other = await summary(path.join(projectRoot, 'package.json'));
    assert.equal(other.code, 3);
    assert.match(other.stderr, /package\.json: This is not a valid V8 heap snapshot/);
    const cut = path.join(folder, 'cut.heapsnapshot');
    await promisify(execFile)(process.execPath, ['-e', PROGRAM, cut]);
    await truncate(cut, 1_000_000);
    const short = await summary(cut);
    assert.equal(short.code, 3);
    assert.match(short.stderr, /cut off: it ends at byte 1000000/);
  });

  it('reads a large file, too', async () => {
    const { code, stdout } = await summary(await largeFile(), '--format', 'json');
    assert.equal(code, 0);
    const { classes } = JSON.parse(stdout) as SnapshotSummary;
    assert.equal(classes.find(({ name }) => name === 'Session')?.count, 500);
  });

  for (const [size, provide] of [
    ['small', () => Promise.resolve(file)],
    ['large', largeFile],
  ] as const) {
    it(`ends at once when interrupted in a ${size} file`, async () => {
      const child = spawn(process.execPath, [cli, 'summary', await provide()], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await once(child.stderr, 'data'); // it has begun to read
      child.kill('SIGINT');
      const [code] = (await once(child, 'exit')) as [number];
      assert.equal(code, 130);
    });
  }

  /** The same snapshot, of a size that the command reads on a thread of its own. */
  async function largeFile(): Promise<string> {
    const large = path.join(folder, 'large.heapsnapshot');
    await copyFile(file, large);
    await appendFile(large, Buffer.alloc(65 << 20, ' '));
    return large;
  }
});
