import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SnapshotSession } from '../../../src/analysis/snapshotSession';
import type { Progress } from '../../../src/base/progress';
import { drawHeap } from '../../support/graphText';

const running = { aborted: false };
const drawn = drawHeap('root\n  [1] -> global\nglobal 8').text;

describe('SnapshotSession', () => {
  let folder: string;
  let session: SnapshotSession;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-session-'));
    for (const name of ['a', 'b', 'c']) await writeFile(file(name), drawn);
    await writeFile(file('cut'), drawn.slice(0, -5));
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(() => {
    session = new SnapshotSession();
  });

  const file = (name: string) => path.join(folder, `${name}.heapsnapshot`);
  const ignore = () => {};
  const analyze = (...names: string[]) =>
    session.analyze({ paths: names.map(file) }, ignore, running);

  async function objectIdOf(node: number): Promise<number> {
    await session.openAgain({ path: file('a'), known: [] }, running);
    const [{ objectId }] = session.children({ node: node - 1, offset: 0, count: 1 }).rows;
    return objectId;
  }

  it('compares snapshots and keeps the last one open', async () => {
    const { verdict, rounds } = await analyze('a', 'b');
    assert.deepEqual([verdict, rounds], ['clean', 1]);
    const { rows } = session.retainers({ node: 1, offset: 0, count: 10 });
    assert.deepEqual(
      rows.map(({ className }) => className),
      ['(GC root)'],
    );
  });

  it('opens one again, if it is what it was', async () => {
    const known = [{ node: 1, objectId: await objectIdOf(1) }];
    await session.openAgain({ path: file('a'), known }, running);
    assert.equal(session.retainers({ node: 1, offset: 0, count: 10 }).total, 1);

    const other = [{ node: 1, objectId: known[0].objectId + 2 }];
    const again = session.openAgain({ path: file('a'), known: other }, running);
    await assert.rejects(again, { code: 'incomparableSnapshots' });
    assert.throws(() => session.retainers({ node: 1, offset: 0, count: 1 }), { code: 'internal' });
  });

  it('tells which snapshot it reads', async () => {
    const progress: Progress[] = [];
    const onProgress = (step: Progress) => progress.push(step);
    await session.analyze({ paths: [file('a'), file('b')] }, onProgress, running);
    assert.match(progress[0].message, /^Snapshot 1 of 2: Reading the snapshot/);
    assert(progress.some(({ message }) => message.startsWith('Snapshot 2 of 2: ')));
    assert.equal(progress.at(-1)?.message, 'Finding what piles up');
  });

  it('does not read again what it has read ahead, or for the analysis before', async () => {
    const read: string[] = [];
    const reads = async (...names: string[]) => {
      read.length = 0;
      const onProgress = ({ message }: Progress) => read.push(message.slice(0, 17));
      await session.analyze({ paths: names.map(file) }, onProgress, running);
      return [...new Set(read)].filter((message) => message.startsWith('Snapshot'));
    };
    await session.digest({ path: file('a') }, running);
    assert.deepEqual(await reads('a', 'b'), ['Snapshot 2 of 2: ']);
    assert.deepEqual(await reads('a', 'b', 'c'), ['Snapshot 3 of 3: ']);
    await writeFile(file('a'), `${drawn} `);
    assert.deepEqual(await reads('a', 'b'), ['Snapshot 1 of 2: ', 'Snapshot 2 of 2: ']);
  });

  it('wants two snapshots', async () => {
    await assert.rejects(analyze('a'), { code: 'usage' });
    await assert.rejects(analyze(), { code: 'usage' });
  });

  it('names the file that it cannot read', async () => {
    const cut = {
      code: 'truncatedSnapshot',
      message: /^cut\.heapsnapshot: /,
      hint: /take or copy/,
    };
    await assert.rejects(analyze('a', 'cut'), cut);
    await assert.rejects(analyze('a', 'missing'), { code: 'storage', message: /missing.*ENOENT/ });
  });

  it('has no snapshot open before, and none after a failure', async () => {
    const query = () => session.retainers({ node: 1, offset: 0, count: 10 });
    assert.throws(query, { code: 'internal' });
    await analyze('a', 'b');
    query();
    await assert.rejects(analyze('a', 'cut'));
    assert.throws(query, { code: 'internal' });
  });

  it('stops when it is cancelled', async () => {
    const signal = { aborted: false };
    const cancel = () => (signal.aborted = true);
    const analysis = session.analyze({ paths: [file('a'), file('b')] }, cancel, signal);
    await assert.rejects(analysis, { code: 'cancelled' });
  });
});
