import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CdpClient } from '../../../src/inspector/cdpClient';
import { InspectorSession } from '../../../src/inspector/inspectorSession';
import { Program } from './program';

/** Bytes and names of what a program makes while it is looked at, until the profile is large. */
async function sampled(session: InspectorSession): Promise<Map<string, number>> {
  const sampling = await session.sampleAllocations();
  assert.ok(sampling);
  for (;;) {
    const bytesBy = new Map<string, number>();
    for (const { bytes, frames } of (await sampling.read())?.stacks ?? []) {
      for (const { functionName } of frames) {
        bytesBy.set(functionName, (bytesBy.get(functionName) ?? 0) + bytes);
      }
    }
    if ((bytesBy.get('keep') ?? 0) > 500_000) return bytesBy;
    await delay(20);
  }
}

describe('What a live process adds to its snapshots', () => {
  let folder: string;
  let program: Program;
  let session: InspectorSession;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leakline-live-'));
    program = await Program.inspected('orders');
    session = await InspectorSession.connect(program.url);
  });
  afterEach(async () => {
    await session.close();
    await program.end();
    await rm(folder, { recursive: true });
  });

  const capture = (name: string) => session.capture(join(folder, `${name}.heapsnapshot`));

  describe('sampled allocations', () => {
    it('name the functions that made what is alive', async () => {
      const bytesBy = await sampled(session);
      assert.ok((bytesBy.get('Order') ?? 0) > 100_000);
    });

    it('leave object ids alone', async () => {
      await capture('before');
      const sampling = await session.sampleAllocations();
      for (const name of ['first', 'second']) {
        await session.collectGarbage();
        assert.equal((await capture(name)).idsHold, true);
      }
      await sampling?.stop();
      assert.equal((await capture('after')).idsHold, true);
    });

    it('keep out of the way of another client that samples, and of its profile', async () => {
      const other = await CdpClient.connect(program.url);
      await other.send('HeapProfiler.enable');
      await other.send('HeapProfiler.startSampling');
      assert.equal(await session.sampleAllocations(), undefined);
      await other.send('HeapProfiler.getSamplingProfile');
      await other.close();
    });

    it('end when they are stopped, and with the connection', async () => {
      const other = await CdpClient.connect(program.url);
      const isSampling = () =>
        other.send('HeapProfiler.getSamplingProfile').then(
          () => true,
          () => false,
        );
      const sampling = await session.sampleAllocations();
      assert.equal(await isSampling(), true);
      await sampling?.stop();
      assert.equal(await isSampling(), false);
      assert.equal(await sampling?.read(), undefined);
      await session.sampleAllocations();
      assert.equal(await isSampling(), true);
      await session.close();
      assert.equal(await isSampling(), false);
      await other.close();
    });
  });

  it('tracked allocations leave object ids alone', async () => {
    await capture('before');
    await session.trackAllocations();
    for (const name of ['first', 'second']) {
      await session.collectGarbage();
      assert.equal((await capture(name)).idsHold, true, name);
    }
  });

  describe('keys', () => {
    let client: CdpClient;

    beforeEach(async () => {
      client = await CdpClient.connect(program.url);
    });
    afterEach(() => client.close());

    /** Looks at what an expression gives, by its heap object id. */
    async function keysOf(expression: string) {
      const { objectId } = await client.send('Runtime.evaluate', { expression });
      const { heapObjectId } = await client.send('HeapProfiler.getHeapObjectId', { objectId });
      return session.sampleKeys(heapObjectId);
    }

    it('are the first few, cut to a bearable length', async () => {
      const map =
        'globalThis.m = new Map([...Array(9).keys()].map((i) => [`k${i}`.repeat(30), i]))';
      await client.send('Runtime.evaluate', { expression: map });
      await capture('ids');
      const keys = await keysOf('m');
      assert.equal(keys?.kind, 'keys');
      assert.equal(keys.samples.length, 5);
      assert.equal(keys.samples[1], JSON.stringify(`${'k1'.repeat(20)}…`));
    });

    it('are values of a Set and names of properties, without a getter being called', async () => {
      const expression = `globalThis.called = 0;
        globalThis.s = new Set([7, {}, 'seven']);
        globalThis.o = { get name() { return called++; }, [Symbol()]: 1, other: 2 };
        globalThis.p = new Proxy({ a: 1 }, { ownKeys() { called++; return ['a']; } })`;
      await client.send('Runtime.evaluate', { expression });
      await capture('ids');
      assert.deepEqual(await keysOf('s'), { kind: 'values', samples: ['7', '"seven"'] });
      assert.deepEqual(await keysOf('o'), { kind: 'names', samples: ['"name"', '"other"'] });
      assert.equal(await keysOf('p'), undefined);
      const { value } = await client.send('Runtime.evaluate', { expression: 'called' });
      assert.equal(value, 0);
    });

    it('do not keep the object alive', async () => {
      const make = '(globalThis.w = new WeakRef(globalThis.m = new Map([[1, 2]]))) && 0';
      await client.send('Runtime.evaluate', { expression: make });
      await capture('ids');
      // Our own handle in keysOf goes with its connection.
      assert.ok(await keysOf('m'));
      await client.send('Runtime.evaluate', { expression: 'm = undefined' });
      await client.close();
      await session.collectGarbage();
      client = await CdpClient.connect(program.url);
      const { value } = await client.send('Runtime.evaluate', {
        expression: 'w.deref() === undefined',
      });
      assert.equal(value, true);
    });

    it('are not to be had of what is gone', async () => {
      assert.equal(await session.sampleKeys(2 ** 31 - 1), undefined);
    });
  });

  it('physical memory is that of the process', async () => {
    const bytes = await session.residentBytes();
    if (process.platform !== 'linux') assert.equal(bytes, undefined);
    else assert.ok(bytes !== undefined && bytes > 10_000_000);
  });
});
