import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LeaklineError } from '../../../src/base/errors';
import { InspectorSession } from '../../../src/inspector/inspectorSession';
import { Program } from './program';
import { boxIds } from './snapshotObjects';

describe('Worker threads', () => {
  let folder: string;
  let program: Program;
  const sessions: InspectorSession[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leakline-workers-'));
    program = await Program.inspected('workers', '--inspect', /running/);
  });
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()));
    await program.end();
    await rm(folder, { recursive: true });
  });

  async function connect(worker?: string): Promise<InspectorSession> {
    const session = await InspectorSession.connect(program.url, { worker });
    sessions.push(session);
    return session;
  }

  const file = (name: string) => join(folder, `${name}.heapsnapshot`);
  const urls = ({ scripts }: InspectorSession) => [...scripts].map(({ url }) => url).join('\n');

  it('are listed, more than once', async () => {
    const main = await connect();
    for (const workers of [await main.workers(), await main.workers()]) {
      const seen = workers.map(({ name, url }) => `${name} ${/[^/]*$/.exec(url)?.[0]}`).sort();
      assert.deepEqual(seen, ['boxes boxes.cjs', 'tickets tickets.cjs']);
      assert.deepEqual(workers.map(({ threadId }) => threadId).sort(), [1, 2]);
    }
  });

  it('have scripts and a heap of their own', async () => {
    const [main, worker] = [await connect(), await connect('boxes')];
    assert.match(urls(worker), /\/boxes\.cjs/);
    assert.doesNotMatch(urls(worker), /\/workers\.cjs/);
    assert.match(urls(main), /\/workers\.cjs/);
    const script = [...worker.scripts].find(({ url }) => url.endsWith('/boxes.cjs'));
    assert.match(await worker.getScriptSource(script?.scriptId ?? 0), /class Box/);
    await main.capture(file('main'));
    await worker.capture(file('worker'));
    assert.equal((await boxIds(file('main'))).size, 0);
    assert.equal((await boxIds(file('worker'))).size, 200);
  });

  it('keep object ids over captures, whatever another session does with the main thread', async () => {
    const worker = await connect('boxes');
    await worker.capture(file('first'));
    const main = await connect();
    await main.capture(file('main'));
    await main.close();
    await worker.collectGarbage();
    assert.equal((await worker.capture(file('second'))).idsHold, true);
    const first = await boxIds(file('first'));
    assert.equal(first.size, 200);
    assert.deepEqual(await boxIds(file('second')), first);
    const id = first.get('box-7') ?? 0;
    assert.deepEqual(await worker.sampleKeys(id), { kind: 'names', samples: ['"label"'] });
  });

  it('have no memory of their own that the system could tell', async () => {
    assert.equal(await (await connect('boxes')).residentBytes(), undefined);
  });

  it('are sampled apart, until the connection ends', async () => {
    const [first, second] = [await connect('boxes'), await connect('boxes')];
    assert.ok(await first.sampleAllocations());
    assert.equal(await second.sampleAllocations(), undefined);
    assert.ok(await (await connect('tickets')).sampleAllocations());
    await first.close();
    assert.ok(await second.sampleAllocations());
  });

  it('may end while they are looked into', async () => {
    const worker = await connect('boxes');
    const lost = new Promise<LeaklineError>((resolve) => worker.onDidClose(resolve));
    await program.answers('boxes', /ended boxes/);
    const { code, message } = await lost;
    assert.deepEqual([code, message], ['connectionLost', 'The worker thread has ended.']);
    assert.ok(worker.isClosed);
    assert.equal((await (await connect()).workers()).length, 1);
  });

  it('end with their process', async () => {
    const worker = await connect('boxes');
    const lost = new Promise<LeaklineError>((resolve) => worker.onDidClose(resolve));
    await program.end();
    assert.equal((await lost).code, 'connectionLost');
    await assert.rejects(worker.capture(file('late')), { code: 'connectionLost' });
  });

  it('are named when the choice is not clear', async () => {
    const listed = /worker 1 {2}\w+ {2}file:.*\n {2}worker 2 {2}\w+ {2}file:/;
    await assert.rejects(connect('.cjs'), { code: 'ambiguousTarget', message: listed });
    await assert.rejects(connect('carts'), { code: 'targetNotFound', message: listed });
  });
});
