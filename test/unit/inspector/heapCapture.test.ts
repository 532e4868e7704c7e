import assert from 'node:assert/strict';
import { WriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from '../../../src/base/progress';
import { CdpClient } from '../../../src/inspector/cdpClient';
import { HeapCapture } from '../../../src/inspector/heapCapture';
import { ObjectIdSentinels } from '../../../src/inspector/objectIdSentinels';
import { FakeInspector, type Command, type FakeConnection } from './fakeInspector';

describe('HeapCapture', () => {
  let folder: string;
  let fake: FakeInspector;
  let client: CdpClient;
  let capture: HeapCapture;
  let onSnapshot: (command: Command, connection: FakeConnection) => void;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leakline-capture-'));
    let handles = 0;
    fake = await FakeInspector.start({
      onCommand: (command, connection) => {
        const { method } = command;
        if (method === 'HeapProfiler.takeHeapSnapshot') onSnapshot(command, connection);
        else if (method === 'Runtime.evaluate') {
          connection.reply(command, { result: { type: 'object', objectId: `${handles++}` } });
        } else connection.reply(command, { heapSnapshotObjectId: '1' });
      },
    });
    client = await CdpClient.connect(fake.url);
    capture = new HeapCapture(client, await ObjectIdSentinels.plant(client));
  });

  afterEach(async () => {
    await client.close();
    await fake.stop();
    await rm(folder, { recursive: true });
  });

  const path = () => join(folder, 'a.heapsnapshot');

  function sendChunks(connection: FakeConnection, ...chunks: string[]): void {
    for (const chunk of chunks) connection.event('HeapProfiler.addHeapSnapshotChunk', { chunk });
  }

  function sendUntilClosed(connection: FakeConnection, method: string, params: object): void {
    if (connection.socket.destroyed || connection.socket.writableEnded) return;
    connection.event(method, params);
    setImmediate(sendUntilClosed, connection, method, params);
  }

  it('writes the chunks in order, with bytes and progress', async () => {
    onSnapshot = (command, connection) => {
      connection.event('HeapProfiler.reportHeapSnapshotProgress', { done: 1, total: 4 });
      sendChunks(connection, '{"a":', '"é"}');
      connection.reply(command);
    };
    const progress: Progress[] = [];
    const onProgress = (step: Progress) => progress.push(step);
    const { milliseconds, ...result } = await capture.capture(path(), { onProgress });
    assert(milliseconds > 0);
    assert.deepEqual(result, { path: path(), bytes: 10, idsHold: true });
    assert.equal(await readFile(path(), 'utf8'), '{"a":"é"}');
    assert.deepEqual(progress, [
      { message: 'Building the heap snapshot', fraction: 0.25 },
      { message: 'Writing the heap snapshot: 5 B' },
      { message: 'Writing the heap snapshot: 9 B' },
    ]);
  });

  it('expects a snapshot to be as long as the one before', async () => {
    onSnapshot = (command, connection) => {
      sendChunks(connection, 'a'.repeat(50), 'b'.repeat(50), 'c'.repeat(50));
      connection.reply(command);
    };
    await capture.capture(path());
    const fractions: (number | undefined)[] = [];
    const onProgress = ({ fraction }: Progress) => fractions.push(fraction);
    await capture.capture(join(folder, 'b.heapsnapshot'), { onProgress });
    assert.deepEqual(fractions, [1 / 3, 2 / 3, 0.99]);
  });

  it('is readable by its owner only, from the first byte on', async () => {
    let modeWhileWriting: Promise<number> | undefined;
    onSnapshot = (command, connection) => {
      modeWhileWriting = stat(`${path()}.part`).then(({ mode }) => mode & 0o777);
      void modeWhileWriting.then(() => connection.reply(command));
    };
    await capture.capture(path());
    assert.equal(await modeWhileWriting, 0o600);
    assert.equal((await stat(path())).mode & 0o777, 0o600);
  });

  it('leaves nothing when the target refuses', async () => {
    onSnapshot = ({ id }, connection) => {
      sendChunks(connection, 'half');
      connection.json({ id, error: { message: 'out of memory' } });
    };
    await assert.rejects(capture.capture(path()), { code: 'protocol', message: /out of memory/ });
    assert.deepEqual(await readdir(folder), []);
  });

  for (const [what, method, params] of [
    ['chunks', 'HeapProfiler.addHeapSnapshotChunk', { chunk: 'x'.repeat(1000) }],
    ['empty chunks', 'HeapProfiler.addHeapSnapshotChunk', { chunk: '' }],
    ['progress', 'HeapProfiler.reportHeapSnapshotProgress', { done: 1, total: 2 }],
  ] as const) {
    it(`ends a snapshot whose ${what} do not end, and leaves nothing`, async () => {
      onSnapshot = (_, connection) => sendUntilClosed(connection, method, params);
      await assert.rejects(capture.capture(path(), { maxBytes: 100_000 }), {
        code: 'protocol',
        message: /more than its heap can take/,
      });
      assert.deepEqual(await readdir(folder), []);
      assert.equal(client.isClosed, true);
    });
  }

  it('leaves nothing when the connection breaks', async () => {
    onSnapshot = (_, connection) => {
      sendChunks(connection, 'half');
      connection.socket.end();
    };
    await assert.rejects(capture.capture(path()), { code: 'connectionLost' });
    assert.deepEqual(await readdir(folder), []);
  });

  it('does not touch a file that another capture writes, and asks the target for nothing', async () => {
    onSnapshot = () => assert.fail('asked');
    await writeFile(`${path()}.part`, 'not ours');
    await assert.rejects(capture.capture(path()), { code: 'storage' });
    assert.equal(await readFile(`${path()}.part`, 'utf8'), 'not ours');
  });

  it('leaves nothing when the file cannot get its name', async () => {
    onSnapshot = (command, connection) => connection.reply(command);
    await mkdir(path());
    await writeFile(join(path(), 'in the way'), '');
    await assert.rejects(capture.capture(path()), { code: 'storage' });
    assert.deepEqual(await readdir(folder), ['a.heapsnapshot']);
  });

  it('stops at once on a write error, leaves nothing, and reads on', async () => {
    const prototype = WriteStream.prototype as unknown as Record<'_write' | '_writev', unknown>;
    const { _write, _writev } = prototype;
    const full = (...args: unknown[]) => {
      (args.at(-1) as (error: Error) => void)(new Error('ENOSPC: no space left on device'));
    };
    let finish!: () => void;
    onSnapshot = (command, connection) => {
      // More than the high-water mark, so that reading is paused when the disk is full.
      sendChunks(connection, ...Array.from({ length: 100 }, () => 'x'.repeat(100_000)));
      finish = () => connection.reply(command);
    };
    Object.assign(prototype, { _write: full, _writev: full });
    try {
      await assert.rejects(capture.capture(path()), { code: 'storage', message: /ENOSPC/ });
    } finally {
      Object.assign(prototype, { _write, _writev });
    }
    assert.deepEqual(await readdir(folder), []);
    finish();
    onSnapshot = (command, connection) => {
      sendChunks(connection, 'second');
      connection.reply(command);
    };
    await capture.capture(path());
    assert.equal(await readFile(path(), 'utf8'), 'second');
  });

  it('keeps little in memory while the disk is slow', async () => {
    const chunk = 'x'.repeat(100_000);
    const count = 400;
    const prototype = WriteStream.prototype as unknown as Record<'_write' | '_writev', unknown>;
    const { _write, _writev } = prototype;
    let waiting: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      const hold = (write: unknown) =>
        function (this: WriteStream, ...args: unknown[]) {
          waiting = () => void (write as (...args: unknown[]) => void).apply(this, args);
          resolve();
        };
      Object.assign(prototype, { _write: hold(_write), _writev: hold(_writev) });
    });
    onSnapshot = (command, connection) => {
      sendChunks(connection, ...Array.from({ length: count }, () => chunk));
      connection.reply(command);
    };
    let received = 0;
    client.on('HeapProfiler.addHeapSnapshotChunk', () => received++);
    const captured = capture.capture(path());
    try {
      await held;
      for (let i = 0; i < 300; i++) await new Promise(setImmediate);
      assert.ok(received > 0 && received * chunk.length < 4.5e6, `${received} chunks in memory`);
    } finally {
      Object.assign(prototype, { _write, _writev });
      waiting?.();
    }
    assert.equal((await captured).bytes, count * chunk.length);
  });

  it('settles at once on abort, and keeps the old chunks out of the next capture', async () => {
    const abort = new AbortController();
    let finishOld!: () => void;
    onSnapshot = (command, connection) => {
      sendChunks(connection, 'old');
      finishOld = () => {
        sendChunks(connection, 'old');
        connection.reply(command);
      };
    };
    client.on('HeapProfiler.addHeapSnapshotChunk', () => abort.abort());
    await assert.rejects(capture.capture(path(), { signal: abort.signal }), { code: 'cancelled' });
    assert.deepEqual(await readdir(folder), []);

    onSnapshot = (command, connection) => {
      sendChunks(connection, 'new');
      connection.reply(command);
    };
    let next!: Promise<unknown>;
    await new Promise<void>((waits) => {
      next = capture.capture(path(), { onProgress: () => waits() });
    });
    finishOld();
    await next;
    assert.equal(await readFile(path(), 'utf8'), 'new');
  });
});
