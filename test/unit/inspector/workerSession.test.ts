import assert from 'node:assert/strict';
import type { LeaklineError } from '../../../src/base/errors';
import { CdpClient } from '../../../src/inspector/cdpClient';
import { attachToWorker, listWorkers } from '../../../src/inspector/workers';
import type { WorkerSession } from '../../../src/inspector/workerSession';
import { FakeInspector, type Command, type FakeConnection } from './fakeInspector';

const HEAP_USAGE = { usedSize: 12, totalSize: 20 };

describe('WorkerSession', () => {
  let fake: FakeInspector;
  let connection: FakeConnection;
  let main: CdpClient;
  /** What the worker answers to what it is sent; the reply to `sendMessageToWorker` comes first. */
  let onMessage: (message: Command) => unknown;
  /** Every command of the outer session. */
  let commands: Command[];

  const start = (sessionId: string, title: string) =>
    connection.event('NodeWorker.attachedToWorker', {
      sessionId,
      workerInfo: { workerId: sessionId, type: 'worker', title, url: 'file:///app/worker.js' },
      waitingForDebugger: false,
    });
  const say = (message: unknown, sessionId = '7') =>
    connection.event('NodeWorker.receivedMessageFromWorker', {
      sessionId,
      message: typeof message === 'string' ? message : JSON.stringify(message),
    });

  beforeEach(async () => {
    commands = [];
    onMessage = ({ id }) => ({ id, result: HEAP_USAGE });
    fake = await FakeInspector.start({
      onConnection: (opened) => (connection = opened),
      onCommand: (command) => {
        commands.push(command);
        if (command.method === 'NodeWorker.enable') {
          start('7', '[worker 1] resize');
          start('8', '[worker 2] \u001b[31mmail');
        }
        connection.reply(command);
        if (command.method !== 'NodeWorker.sendMessageToWorker') return;
        const answer = onMessage(JSON.parse(String(command.params['message'])) as Command);
        if (answer !== undefined) say(answer);
      },
    });
    main = await CdpClient.connect(fake.url);
  });
  afterEach(async () => {
    await main.close();
    await fake.stop();
  });

  const attach = (): Promise<WorkerSession> => attachToWorker(main, '1');
  const detached = () =>
    commands
      .filter(({ method }) => method === 'NodeWorker.detach')
      .map(({ params }) => params['sessionId']);
  const lossOf = (session: WorkerSession) =>
    new Promise<LeaklineError>((resolve) => session.onDidClose(resolve));

  it('sends commands to its worker and gives checked results', async () => {
    const session = await attach();
    assert.deepEqual(await session.send('Runtime.getHeapUsage'), HEAP_USAGE);
    assert.equal(commands.at(-1)?.params['sessionId'], '7');
    onMessage = ({ id }) => ({ id, result: { usedSize: 'much' } });
    await assert.rejects(session.send('Runtime.getHeapUsage'), { code: 'protocol' });
  });

  it('tells apart what the worker refuses and what the process refuses', async () => {
    const session = await attach();
    onMessage = ({ id }) => ({ id, error: { code: -32000, message: 'not today' } });
    await assert.rejects(session.send('Debugger.enable'), {
      code: 'protocol',
      message: 'The target refused Debugger.enable: not today',
    });
    assert.equal(session.isClosed, false);
  });

  it('hears its own worker only', async () => {
    const session = await attach();
    const chunks: string[] = [];
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
    const event = (chunk: string) => ({
      method: 'HeapProfiler.addHeapSnapshotChunk',
      params: { chunk },
    });
    say(event('own'));
    say(event('of another'), '8');
    connection.json(event('of the main thread'));
    await session.send('Runtime.getHeapUsage');
    assert.deepEqual(chunks, ['own']);
  });

  it('takes an answer to nothing for nothing', async () => {
    const session = await attach();
    say({ id: 99, result: {} });
    // As Node.js 20 answers what is no JSON.
    say({ error: { code: -32700, message: 'Message must be a valid JSON' } });
    assert.deepEqual(await session.send('Runtime.getHeapUsage'), HEAP_USAGE);
  });

  const broken: [string, unknown][] = [
    ['no JSON', 'no JSON {'],
    ['no object', '[1]'],
    [
      'an event of the wrong types',
      { method: 'HeapProfiler.addHeapSnapshotChunk', params: { chunk: 1 } },
    ],
  ];
  for (const [what, message] of broken) {
    it(`ends with its connection on ${what} from the worker`, async () => {
      const session = await attach();
      session.on('HeapProfiler.addHeapSnapshotChunk', () => undefined);
      const loss = lossOf(session);
      onMessage = () => undefined;
      const call = session.send('Runtime.getHeapUsage');
      say(message);
      await assert.rejects(call, { code: 'protocol' });
      assert.equal((await loss).code, 'protocol');
      assert.ok(main.isClosed);
    });
  }

  it('says when the worker has ended, to callers as well', async () => {
    const session = await attach();
    const loss = lossOf(session);
    onMessage = () => undefined;
    const call = session.send('Runtime.getHeapUsage');
    connection.event('NodeWorker.detachedFromWorker', { sessionId: '8' });
    connection.event('NodeWorker.detachedFromWorker', { sessionId: '7' });
    await assert.rejects(call, { message: 'The worker thread has ended.' });
    assert.equal((await loss).code, 'connectionLost');
    await assert.rejects(session.send('Debugger.enable'), { code: 'connectionLost' });
  });

  it('ends with the connection, and the connection with it', async () => {
    const session = await attach();
    const loss = lossOf(session);
    connection.socket.destroy();
    assert.equal((await loss).code, 'connectionLost');
  });

  it('lets go of the other workers, and of its own at the end, silently', async () => {
    const session = await attach();
    session.onDidClose(() => assert.fail('our own close'));
    assert.deepEqual(detached(), ['8']);
    await session.close();
    assert.deepEqual(detached(), ['8', '7']);
    assert.ok(main.isClosed);
  });

  it('waits for a worker that is not started yet', async () => {
    const attaching = attachToWorker(main, 'late', { timeoutMs: 60_000 });
    await main.send('Debugger.enable');
    start('9', '[worker 3] late');
    const session = await attaching;
    assert.deepEqual(detached(), ['7', '8']);
    start('10', '[worker 4] later');
    await main.send('Debugger.enable');
    await session.close();
    assert.deepEqual(detached(), ['7', '8', '10', '9']);
  });

  it('waits no longer than told, or until it is cancelled', async () => {
    await assert.rejects(attachToWorker(main, 'never', { timeoutMs: 20 }), {
      code: 'targetNotFound',
    });
    const cancellation = new AbortController();
    const { signal } = cancellation;
    const attaching = attachToWorker(main, 'never', { timeoutMs: 60_000, signal });
    cancellation.abort();
    await assert.rejects(attaching, { code: 'cancelled' });
  });

  it('lists workers as harmless text, and lets go of them', async () => {
    const workers = await listWorkers(main);
    assert.deepEqual(
      workers.map(({ threadId, name }) => [threadId, name]),
      [
        [1, 'resize'],
        [2, '[31mmail'],
      ],
    );
    assert.deepEqual(detached(), ['7', '8']);
    assert.equal(commands.at(-1)?.method, 'NodeWorker.disable');
  });
});
