import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { isExposed } from '../../../src/inspector/exposure';
import { listeningSockets } from '../../../src/inspector/processInfo';

describe('isExposed', () => {
  const socket = (port: number, isPublic: boolean) => ({
    ...{ host: '127.0.0.1', port, inode: '1', isPublic },
  });
  const here = () => Promise.resolve([socket(9229, false), socket(9230, true)]);

  it('tells an inspector on loopback from one that listens on every address', async () => {
    assert.equal(await isExposed('ws://127.0.0.1:9229/a', here), false);
    assert.equal(await isExposed('ws://127.0.0.1:9230/a', here), true);
    assert.equal(await isExposed('ws://localhost:9231/a', here), false);
  });

  it('takes what is reached over the network for exposed, unless TLS is before it', async () => {
    assert.equal(await isExposed('ws://10.0.0.7:9229/a', here), true);
    assert.equal(await isExposed('wss://gateway.example.org/a', here), false);
  });

  it('reads from the system which addresses are public', async function () {
    if (process.platform !== 'linux') this.skip();
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      const found = (await listeningSockets('self')).find((one) => one.port === port);
      assert.equal(found?.isPublic, false);
    } finally {
      server.close();
    }
  });
});
