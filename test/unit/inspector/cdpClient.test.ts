import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import type { LeaklineError } from '../../../src/base/errors';
import { CdpClient } from '../../../src/inspector/cdpClient';
import {
  FakeInspector,
  type Command,
  type FakeConnection,
  type FakeOptions,
} from './fakeInspector';

describe('CdpClient', () => {
  let fake: FakeInspector;
  let client: CdpClient | undefined;

  afterEach(async () => {
    await client?.close();
    client = undefined;
    await fake.stop();
  });

  async function connectTo(options: FakeOptions): Promise<CdpClient> {
    fake = await FakeInspector.start(options);
    client = await CdpClient.connect(fake.url);
    return client;
  }

  it('sends commands and gives checked results', async () => {
    const client = await connectTo({
      onCommand: (command, connection) =>
        connection.reply(command, { usedSize: 12, totalSize: 20 }),
    });
    assert.deepEqual(await client.send('Runtime.getHeapUsage'), { usedSize: 12, totalSize: 20 });
  });

  it('rejects a command that the target refuses, and stays usable', async () => {
    const client = await connectTo({
      onCommand: (command, connection) =>
        command.method === 'Debugger.enable'
          ? connection.json({ id: command.id, error: { code: -32000, message: 'not today' } })
          : connection.reply(command, { usedSize: 1, totalSize: 20 }),
    });
    await assert.rejects(client.send('Debugger.enable'), {
      code: 'protocol',
      message: 'The target refused Debugger.enable: not today',
    });
    assert.deepEqual(await client.send('Runtime.getHeapUsage'), { usedSize: 1, totalSize: 20 });
  });

  it('delivers events until the listener is disposed', async () => {
    let connection!: FakeConnection;
    const client = await connectTo({
      onConnection: (opened) => (connection = opened),
      onCommand: (command) => connection.reply(command),
    });
    const chunks: string[] = [];
    const listener = client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      chunks.push(chunk);
    });
    connection.event('HeapProfiler.addHeapSnapshotChunk', { chunk: 'a' });
    await client.send('HeapProfiler.enable');
    listener.dispose();
    connection.event('HeapProfiler.addHeapSnapshotChunk', { chunk: 'b' });
    await client.send('HeapProfiler.enable');
    assert.deepEqual(chunks, ['a']);
  });

  it('rejects every pending call when the connection is lost, then every later one', async () => {
    const client = await connectTo({
      onCommand: ({ method }, connection) => {
        if (method === 'HeapProfiler.enable') connection.socket.destroy();
      },
    });
    const reasons: LeaklineError[] = [];
    client.onDidClose((reason) => reasons.push(reason));
    const calls = await Promise.allSettled([
      client.send('Debugger.enable'),
      client.send('HeapProfiler.enable'),
    ]);
    const later = await Promise.allSettled([client.send('Debugger.enable')]);
    const codes = [...calls, ...later].map((call) => codeOf(call));
    assert.deepEqual(codes, ['connectionLost', 'connectionLost', 'connectionLost']);
    assert.deepEqual(
      reasons.map(({ code }) => code),
      ['connectionLost'],
    );
    assert.equal(client.isClosed, true);
  });

  it('settles calls that were sent in the very turn of a close', async () => {
    const client = await connectTo({});
    const reasons: LeaklineError[] = [];
    client.onDidClose((reason) => reasons.push(reason));
    const call = client.send('Debugger.enable');
    const closed = client.close();
    const late = client.send('HeapProfiler.enable');
    await assert.rejects(call, { code: 'connectionLost' });
    await assert.rejects(late, { code: 'connectionLost' });
    await closed;
    assert.deepEqual(reasons, [], 'our own close is no loss');
  });

  it('closes although the peer never answers the close frame, and settles calls before', async () => {
    fake = await FakeInspector.start({
      onConnection: ({ socket }) => socket.removeAllListeners('data'),
    });
    const client = await CdpClient.connect(fake.url);
    const settled: string[] = [];
    const call = client.send('Debugger.enable').catch(() => settled.push('call'));
    const closed = client.close().then(() => settled.push('close'));
    await turn();
    assert.deepEqual(settled, ['call']);
    await Promise.all([call, closed]);
    assert.deepEqual(settled, ['call', 'close']);
  });

  it('gives a call up on abort', async () => {
    const client = await connectTo({});
    const abort = new AbortController();
    const call = client.send('Debugger.enable', {}, { signal: abort.signal });
    abort.abort();
    await assert.rejects(call, { code: 'cancelled' });
  });

  const hostile: [name: string, message: string][] = [
    ['text that is no JSON', '{'],
    ['null', 'null'],
    ['a number', '7'],
    ['an array', '[]'],
    ['JSON nested too deep', '['.repeat(200_000)],
    ['an event without parameters', '{"method":"HeapProfiler.addHeapSnapshotChunk"}'],
    [
      'a chunk of the wrong type',
      '{"method":"HeapProfiler.addHeapSnapshotChunk","params":{"chunk":5}}',
    ],
    ['parameters of the wrong type', '{"method":"HeapProfiler.addHeapSnapshotChunk","params":5}'],
  ];
  for (const [name, message] of hostile) {
    it(`ends the connection when the peer sends ${name}`, async () => {
      const client = await connectTo({ onCommand: (_, connection) => connection.text(message) });
      client.on('HeapProfiler.addHeapSnapshotChunk', () => assert.fail('delivered'));
      await assert.rejects(client.send('Debugger.enable'), { code: 'protocol' });
      assert.equal(client.isClosed, true);
    });
  }

  it('ends the connection when a message is larger than any of an inspector', async () => {
    const client = await connectTo({
      onCommand: (_, { socket }) => {
        const header = Buffer.from([0x81, 127, 0, 0, 0, 0, 0x40, 0, 0, 0]);
        socket.write(header);
      },
    });
    await assert.rejects(client.send('Debugger.enable'), { code: 'protocol', message: /payload/ });
  });

  it('gives up on a target that goes silent with a command unanswered, and only then', async () => {
    fake = await FakeInspector.start({
      onCommand: ({ id, method }, connection) => {
        if (method === 'Runtime.getHeapUsage') {
          connection.json({ id, result: { usedSize: 1, totalSize: 2 } });
        }
      },
    });
    const client = await CdpClient.connect(fake.url, { maxSilenceMs: 50 });
    await client.send('Runtime.getHeapUsage');
    await delay(150);
    assert.equal(client.isClosed, false, 'nobody waits for anything');
    await assert.rejects(client.send('HeapProfiler.takeHeapSnapshot'), {
      code: 'connectionLost',
      message: /has sent nothing for 0\.05 s/,
    });
    assert.equal(client.isClosed, true);
  });

  it('waits for as long as the target goes on sending, or is not read', async () => {
    let asked: { command: Command; connection: FakeConnection } | undefined;
    fake = await FakeInspector.start({
      onCommand: (command, connection) => (asked = { command, connection }),
    });
    const client = await CdpClient.connect(fake.url, { maxSilenceMs: 200 });
    const answer = client.send('HeapProfiler.takeHeapSnapshot');
    while (!asked) await turn();
    const { command, connection } = asked;
    for (let i = 0; i < 8; i++) {
      await delay(50);
      connection.event('HeapProfiler.reportHeapSnapshotProgress', { done: i, total: 8 });
    }
    client.pauseReading();
    await delay(400);
    client.resumeReading();
    connection.reply(command);
    await answer;
    await client.close();
  });

  it('survives garbage in the packet of the handshake itself', async () => {
    fake = await FakeInspector.start({ onConnection: (connection) => connection.text('{') });
    const client = await CdpClient.connect(fake.url);
    await assert.rejects(client.send('Debugger.enable'), { code: 'protocol' });
  });

  const harmless = [
    '{"method":"error","params":{}}',
    '{"method":"disconnect","params":{}}',
    '{"method":"constructor","params":{}}',
    '{"id":"__proto__","result":{}}',
    '{"id":"constructor","error":{}}',
    '{"id":4711,"result":{}}',
  ];
  for (const message of harmless) {
    it(`takes no notice of ${message}`, async () => {
      const client = await connectTo({
        onCommand: (command, connection) => {
          connection.text(message);
          connection.reply(command, { usedSize: 3, totalSize: 20 });
        },
      });
      assert.deepEqual(await client.send('Runtime.getHeapUsage'), { usedSize: 3, totalSize: 20 });
    });
  }

  it('rejects a result of the wrong shape', async () => {
    const client = await connectTo({
      onCommand: (command, connection) => connection.reply(command, { usedSize: 'much' }),
    });
    await assert.rejects(client.send('Runtime.getHeapUsage'), { code: 'protocol' });
  });

  it('holds a pause, and delivers everything after it', async () => {
    const size = 50_000;
    const count = 1_000;
    const chunk = 'x'.repeat(size);
    const client = await connectTo({
      onCommand: (_, connection) => {
        for (let i = 0; i < count; i++) {
          connection.event('HeapProfiler.addHeapSnapshotChunk', { chunk });
        }
      },
    });
    let received = 0;
    const first = new Promise<void>((resolve) => {
      client.on('HeapProfiler.addHeapSnapshotChunk', () => {
        if (++received === 1) client.pauseReading();
        resolve();
      });
    });
    const all = new Promise<void>((resolve) => {
      client.on('HeapProfiler.addHeapSnapshotChunk', () => {
        if (received === count) resolve();
      });
    });
    void client.send('HeapProfiler.takeHeapSnapshot').catch(() => undefined);
    await first;
    // Many turns of the event loop, in each of which the socket is readable; and in each the event
    // on which `ws` resumes it, as early releases of Node 20 do after every chunk.
    const receiver = client['chrome'].socket?._receiver;
    for (let i = 0; i < 500; i++) {
      receiver?.emit('drain');
      await turn();
    }
    assert.ok(received * size <= 64 * 1024 + size, `${received} chunks arrived while paused`);
    client.resumeReading();
    await all;
  });
});

function codeOf(call: PromiseSettledResult<unknown>): string | undefined {
  return call.status === 'rejected' ? (call.reason as LeaklineError).code : undefined;
}

describe('CdpClient.connect', () => {
  it('names a refused connection', async () => {
    const fake = await FakeInspector.start();
    const { url } = fake;
    await fake.stop();
    await assert.rejects(CdpClient.connect(url), { code: 'connectionRefused' });
  });

  it('gives up on a server that never answers, and frees the socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const closed = new Promise<void>((resolve) => {
      server.on('connection', (socket) => socket.resume().on('close', () => resolve()));
    });
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    await assert.rejects(CdpClient.connect(url, { timeoutMs: 100 }), { code: 'notAnInspector' });
    await closed;
    server.close();
  });

  it('gives up on abort', async () => {
    const server = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
    const abort = new AbortController();
    server.once('connection', () => abort.abort());
    await assert.rejects(CdpClient.connect(url, { signal: abort.signal }), { code: 'cancelled' });
    server.close();
  });
});
