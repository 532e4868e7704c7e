import assert from 'node:assert/strict';
import { LeaklineError } from '../../../src/base/errors';
import { Emitter } from '../../../src/base/event';
import { connect, serve, type RpcPort } from '../../../src/base/rpc';

interface Kitchen {
  methods: {
    cook(dish: { name: string; of?: unknown }): Promise<string>;
    open(): boolean;
  };
  events: { smell: string };
}

interface TestPort extends RpcPort {
  /** Delivers a message to this end as if the other had posted it. */
  deliver(message: unknown): void;
  close(error: Error): void;
  readonly posted: unknown[];
}

/** Two ends that clone as real ports do and deliver in a later microtask. */
function channel(): [TestPort, TestPort] {
  const end = (other: () => TestPort): TestPort => {
    const messages = new Emitter<unknown>();
    const closes = new Emitter<Error>();
    const posted: unknown[] = [];
    return {
      posted,
      post(message) {
        const copy: unknown = structuredClone(message);
        posted.push(copy);
        queueMicrotask(() => other().deliver(copy));
      },
      deliver: (message) => messages.fire(message),
      close: (error) => closes.fire(error),
      onMessage: messages.event,
      onClose: closes.event,
    };
  };
  const left: TestPort = end(() => right);
  const right: TestPort = end(() => left);
  return [left, right];
}

const never = () => new Promise<never>(() => {});

/** Ids are private, so tests take them from what was posted. */
function idOf(message: unknown): string {
  return (message as { id: string }).id;
}

function setUp(cook: (dish: { name: string }) => string | Promise<string>) {
  const [here, there] = channel();
  const server = serve<Kitchen>(there, { cook, open: () => true });
  return { here, there, server, client: connect<Kitchen>(here) };
}

async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    assert(error instanceof Error);
    return error;
  }
  return assert.fail('the promise was fulfilled');
}

describe('rpc', () => {
  it('answers each call with its own result', async () => {
    const { client } = setUp(({ name }) => `hot ${name}`);
    const both = [client.call('cook', { name: 'soup' }), client.call('cook', { name: 'tea' })];
    assert.deepEqual(await Promise.all(both), ['hot soup', 'hot tea']);
    assert.equal(await client.call('open'), true);
  });

  it('delivers events until the listener is disposed', async () => {
    const { client, server } = setUp(never);
    const smells: string[] = [];
    const subscription = client.on('smell', (smell) => smells.push(smell));
    server.emit('smell', 'basil');
    await client.call('open');
    subscription.dispose();
    server.emit('smell', 'smoke');
    await client.call('open');
    assert.deepEqual(smells, ['basil']);
  });

  it('can be awaited, having no then of its own', async () => {
    const { client } = setUp(never);
    assert.equal(await Promise.resolve(client), client);
  });

  describe('errors of handlers', () => {
    it('keep name, message and stack', async () => {
      const { client } = setUp(() => {
        throw new RangeError('too hot');
      });
      const error = await rejection(client.call('cook', { name: 'soup' }));
      assert.equal(error.name, 'RangeError');
      assert.equal(error.message, 'too hot');
      assert.match(error.stack ?? '', /rpc\.test\.ts/);
    });

    it('stay LeaklineErrors with code and hint', async () => {
      const { client } = setUp(() =>
        Promise.reject(new LeaklineError('truncatedSnapshot', 'It ends early.', 'Take another.')),
      );
      const error = await rejection(client.call('cook', { name: 'soup' }));
      assert(error instanceof LeaklineError);
      assert.equal(error.code, 'truncatedSnapshot');
      assert.equal(error.message, 'It ends early.');
      assert.equal(error.hint, 'Take another.');
      assert.match(error.stack ?? '', /rpc\.test\.ts/);
    });

    it('reject the caller when what was thrown is no Error', async () => {
      const thrown: unknown = Object.create(null);
      const { client } = setUp(() => {
        throw thrown;
      });
      assert.match((await rejection(client.call('cook', { name: 'a' }))).message, /no Error/);
    });

    it('reject the caller when the result cannot be cloned', async () => {
      const { client } = setUp(() => (() => 1) as unknown as string);
      const error = await rejection(client.call('cook', { name: 'soup' }));
      assert.equal(error.name, 'DataCloneError');
    });
  });

  it('rejects an argument that cannot be cloned and forgets the call', async () => {
    const { client, here } = setUp(never);
    const error = await rejection(client.call('cook', { name: 'soup', of: () => 1 }));
    assert.equal(error.name, 'DataCloneError');
    assert.deepEqual(here.posted, []);
    const abort = countingSignal();
    await rejection(client.call('cook', { name: 'soup', of: () => 1 }, { signal: abort.signal }));
    assert.equal(abort.listeners(), 0);
  });

  it('looks methods up by own property only', async () => {
    const { client } = setUp(never);
    for (const method of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'steal']) {
      const error = await rejection(client.call(method as 'open'));
      assert(error instanceof LeaklineError, method);
      assert.match(error.message, new RegExp(`no method "${method}"`));
    }
  });

  describe('a closed port', () => {
    it('rejects every pending call and every later one', async () => {
      const { client, here } = setUp(never);
      const pending = [
        client.call('cook', { name: 'soup' }),
        client.call('cook', { name: 'tea' }),
      ].map(rejection);
      const death = new Error('the worker died');
      here.close(death);
      assert.deepEqual(await Promise.all(pending), [death, death]);
      assert.equal(await rejection(client.call('open')), death);
      assert.equal(here.posted.length, 2);
    });

    it('aborts running handlers and sends no answer', async () => {
      const [here, there] = channel();
      const handler = withResolvers<string>();
      const aborted = withResolvers<void>();
      const server = serve<Kitchen>(there, {
        open: () => true,
        cook: (_dish, { signal }) => {
          signal.addEventListener('abort', () => aborted.resolve());
          return handler.promise;
        },
      });
      const call = rejection(connect<Kitchen>(here).call('cook', { name: 'soup' }));
      await Promise.resolve();
      there.close(new Error('gone'));
      here.close(new Error('gone'));
      await aborted.promise;
      handler.resolve('late');
      await call;
      server.emit('smell', 'late');
      assert.deepEqual(there.posted, []);
    });

    it('is what dispose looks like to callers', async () => {
      const { client, here } = setUp(never);
      const call = rejection(client.call('cook', { name: 'soup' }));
      const reason = new Error('panel closed');
      client.dispose(reason);
      client.dispose();
      assert.equal(await call, reason);
      here.deliver({ rpc: 'result', id: idOf(here.posted[0]), value: 'late' });
    });
  });

  describe('malformed messages', () => {
    const junk = [
      null,
      undefined,
      7,
      'call',
      [],
      {},
      { rpc: 'call' },
      { rpc: 'call', id: 'x' },
      { rpc: 'call', id: 1, method: 'open' },
      { rpc: 'cancel' },
      { rpc: 'cancel', id: 'unknown' },
      { rpc: 'result', id: 'unknown', value: 1 },
      { rpc: 'error', id: 'unknown' },
      { rpc: 'event' },
      { rpc: 'event', event: '__proto__', value: 1 },
      { rpc: 'explode', id: 'x' },
    ];

    it('are ignored by both sides', async () => {
      const { client, here, there } = setUp(({ name }) => name);
      for (const message of junk) {
        here.deliver(message);
        there.deliver(message);
      }
      assert.deepEqual(there.posted, []);
      assert.equal(await client.call('cook', { name: 'soup' }), 'soup');
    });

    it('do not settle a pending call', async () => {
      const { client, here } = setUp(never);
      const call = rejection(client.call('cook', { name: 'soup' }));
      const id = idOf(here.posted[0]);
      here.deliver({ rpc: 'error', id });
      here.deliver({ rpc: 'error', id, error: { name: 1, message: 'x' } });
      here.deliver({ rpc: 'error', id, error: { name: 'Real', message: 'burnt' } });
      assert.equal((await call).name, 'Real');
    });
  });

  it('does not give a new client the answers of its predecessor', async () => {
    const { client, here } = setUp(never);
    const old = rejection(client.call('cook', { name: 'soup' }));
    client.dispose();
    await old;
    const call = rejection(connect<Kitchen>(here).call('cook', { name: 'tea' }));
    here.deliver({ rpc: 'result', id: idOf(here.posted[0]), value: 'old soup' });
    here.close(new Error('closed'));
    assert.equal((await call).message, 'closed');
  });

  describe('cancellation', () => {
    it('rejects the caller at once and aborts the handler', async () => {
      const [here, there] = channel();
      const started = withResolvers<void>();
      const aborted = withResolvers<boolean>();
      serve<Kitchen>(there, {
        open: () => true,
        cook: (_dish, { signal }) => {
          signal.addEventListener('abort', () => aborted.resolve(signal.aborted));
          started.resolve();
          return never();
        },
      });
      const controller = new AbortController();
      const call = rejection(
        connect<Kitchen>(here).call('cook', { name: 'soup' }, { signal: controller.signal }),
      );
      await started.promise;
      controller.abort();
      const error = await call;
      assert(error instanceof LeaklineError);
      assert.equal(error.code, 'cancelled');
      assert.equal(await aborted.promise, true);
    });

    it('sends nothing when the signal was aborted before', async () => {
      const { client, here } = setUp(never);
      const signal = AbortSignal.abort();
      const error = await rejection(client.call('cook', { name: 'soup' }, { signal }));
      assert(error instanceof LeaklineError);
      assert.deepEqual(here.posted, []);
    });

    it('leaves no listener on the signal once the call is settled', async () => {
      const { client } = setUp(({ name }) => name);
      const { signal, listeners } = countingSignal();
      const call = client.call('cook', { name: 'soup' }, { signal });
      assert.equal(listeners(), 1);
      await call;
      assert.equal(listeners(), 0);
    });
  });
});

/** A signal that tells how many listeners it has. */
function countingSignal() {
  const added = new Set<() => void>();
  return {
    signal: {
      aborted: false,
      addEventListener: (_type: 'abort', listener: () => void) => void added.add(listener),
      removeEventListener: (_type: 'abort', listener: () => void) => void added.delete(listener),
    },
    listeners: () => added.size,
  };
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}
