import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { listTargets, parseAttachAddress, resolveTarget } from '../../../src/inspector/targets';
import { FakeInspector } from './fakeInspector';

describe('parseAttachAddress', () => {
  const good: [string, object][] = [
    ['127.0.0.1:9229', { kind: 'endpoint', host: '127.0.0.1', port: 9229 }],
    ['localhost:1', { kind: 'endpoint', host: 'localhost', port: 1 }],
    [' shop.example:65535 ', { kind: 'endpoint', host: 'shop.example', port: 65535 }],
    ['9229', { kind: 'endpoint', host: '127.0.0.1', port: 9229 }],
    ['[::1]:9229', { kind: 'endpoint', host: '::1', port: 9229 }],
    ['ws://127.0.0.1:9229/ab-cd', { kind: 'webSocket', url: 'ws://127.0.0.1:9229/ab-cd' }],
    ['WSS://shop.example/ab', { kind: 'webSocket', url: 'wss://shop.example/ab' }],
  ];
  for (const [text, address] of good) {
    it(`reads ${text}`, () => assert.deepEqual(parseAttachAddress(text), address));
  }

  const bad = ['', '0', '65536', '127.0.0.1', 'host:', ':9229', '::1:9229', '[x]:9229', 'a b:1'];
  bad.push('http://127.0.0.1:9229', 'ws://', 'ws://127.0.0.1:9229', 'a@b:9229', '99999999');
  for (const text of bad) {
    it(`refuses "${text}"`, () => {
      assert.throws(() => parseAttachAddress(text), { code: 'usage' });
    });
  }
});

describe('listTargets', () => {
  const entry = {
    id: 'ab-cd',
    title: 'shop.js',
    url: 'file:///srv/shop.js',
    type: 'node',
    webSocketDebuggerUrl: 'ws://10.0.0.9:9229/ab-cd',
  };
  let stop: () => Promise<void> | void;

  afterEach(() => stop());

  async function serve(list: (host: string | undefined) => string) {
    const fake = await FakeInspector.start({ list });
    stop = () => fake.stop();
    return { kind: 'endpoint', host: '127.0.0.1', port: fake.port } as const;
  }

  async function serveRaw(onConnection: (socket: Socket) => void) {
    const sockets: Socket[] = [];
    const server: Server = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      onConnection(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stop = () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    };
    const { port } = server.address() as AddressInfo;
    return { kind: 'endpoint', host: '127.0.0.1', port } as const;
  }

  it("leads to the host and port that were asked, not to the inspector's own", async () => {
    const address = await serve(() => JSON.stringify([entry]));
    const [target] = await listTargets(address);
    assert.deepEqual(target, {
      id: 'ab-cd',
      title: 'shop.js',
      url: 'file:///srv/shop.js',
      type: 'node',
      webSocketUrl: `ws://127.0.0.1:${address.port}/ab-cd`,
    });
  });

  it('sends a Host header that Node accepts', async () => {
    const hosts: (string | undefined)[] = [];
    const address = await serve((host) => {
      hosts.push(host);
      return JSON.stringify([entry]);
    });
    await listTargets({ ...address, host: 'localhost' });
    await listTargets(address);
    assert.deepEqual(hosts, [`localhost:${address.port}`, `127.0.0.1:${address.port}`]);
  });

  it('takes control characters out of what the target says', async () => {
    const address = await serve(() =>
      JSON.stringify([{ ...entry, title: 'a\u001b[31mb\u009bc\n', id: 5 }]),
    );
    const [target] = await listTargets(address);
    assert.equal(target?.title, 'a[31mbc');
    assert.equal(target?.id, '');
  });

  const wrong: [name: string, body: string][] = [
    ['no JSON', '<h1>shop</h1>'],
    ['an object', '{}'],
    ['a target without URL', '[{"id":"a"}]'],
    ['a null target', '[null]'],
    ['a URL that is none', '[{"webSocketDebuggerUrl":"nowhere"}]'],
    ['an endless answer', `[${'1,'.repeat(600_000)}1]`],
  ];
  for (const [name, body] of wrong) {
    it(`refuses ${name}`, async () => {
      await assert.rejects(listTargets(await serve(() => body)), { code: 'notAnInspector' });
    });
  }

  it('refuses a server of something other than HTTP', async () => {
    const address = await serveRaw((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n'));
    await assert.rejects(listTargets(address), { code: 'notAnInspector' });
  });

  it('gives up on a server that never answers, and frees the socket', async () => {
    let closed!: Promise<void>;
    const address = await serveRaw((socket) => {
      closed = new Promise((resolve) => socket.resume().on('close', () => resolve()));
    });
    await assert.rejects(listTargets(address, { timeoutMs: 100 }), { code: 'notAnInspector' });
    await closed;
  });

  it('gives up on a server that drips its answer without end', async () => {
    const address = await serveRaw((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
      const drip = setInterval(() => socket.write(' '), 10);
      socket.on('close', () => clearInterval(drip));
    });
    await assert.rejects(listTargets(address, { timeoutMs: 200 }), { code: 'notAnInspector' });
  });

  it('gives up on abort', async () => {
    const abort = new AbortController();
    const address = await serveRaw(() => abort.abort());
    const listing = listTargets(address, { signal: abort.signal });
    await assert.rejects(listing, { code: 'cancelled' });
  });

  it('names a refused connection and a host that does not exist', async () => {
    const address = await serveRaw(() => undefined);
    await stop();
    await assert.rejects(listTargets(address), { code: 'connectionRefused', hint: /--inspect/ });
    const nowhere = { ...address, host: 'nowhere.invalid' };
    await assert.rejects(listTargets(nowhere), { code: 'connectionRefused' });
  });

  describe('resolveTarget', () => {
    const two = [entry, { ...entry, title: 'worker', webSocketDebuggerUrl: 'ws://x:1/ef' }];

    it('takes the only target', async () => {
      const target = await resolveTarget(await serve(() => JSON.stringify([entry])));
      assert.equal(target.id, 'ab-cd');
    });

    it('lets the caller choose among several', async () => {
      const address = await serve(() => JSON.stringify(two));
      const target = await resolveTarget(address, (targets) => Promise.resolve(targets[1]));
      assert.equal(target.title, 'worker');
      const none = resolveTarget(address, () => Promise.resolve(undefined));
      await assert.rejects(none, { code: 'cancelled' });
    });

    it('lists several when there is nobody to choose', async () => {
      const address = await serve(() => JSON.stringify(two));
      await assert.rejects(resolveTarget(address), {
        code: 'ambiguousTarget',
        message: /shop\.js: ws:.*\/ab-cd\n.*worker: ws:.*\/ef/,
      });
    });

    it('says when there is no target', async () => {
      const address = await serve(() => '[]');
      await assert.rejects(resolveTarget(address), { code: 'targetNotFound' });
    });

    it('takes a WebSocket URL as it is', async () => {
      stop = () => undefined;
      const url = 'ws://127.0.0.1:1/ab';
      const target = await resolveTarget({ kind: 'webSocket', url });
      assert.equal(target.webSocketUrl, url);
    });
  });
});
