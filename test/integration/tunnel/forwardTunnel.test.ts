import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import path from 'node:path';
import { ForwardTunnel } from '../../../src/tunnel/forwardTunnel';
import { answersHttp, isListening } from '../../../src/tunnel/localPort';
import type { MakeForward } from '../../../src/tunnel/place';
import { projectRoot } from '../../support/projectRoot';

const guardPath = path.join(projectRoot, 'dist', 'tunnelGuard.js');

/** Forwards a port, and ends when a connection says so. */
const FORWARDER = `
const net = require('node:net');
const [local, remote] = process.argv.slice(1).map(Number);
net.createServer((socket) => {
  socket.on('data', (data) => data.includes('die') && (console.error('no\\u001b[2J more'), process.exit(9)));
  socket.pipe(net.connect(remote, '127.0.0.1')).pipe(socket);
}).listen(local, '127.0.0.1', () => console.log('forwarding'));`;

const makeForward: MakeForward = (local, remote) => ({
  file: process.execPath,
  args: ['-e', FORWARDER, String(local), String(remote)],
  ready: /^forwarding$/,
});

describe('ForwardTunnel', () => {
  let server: Server;
  let port: number;

  before(async () => {
    server = createServer((_, response) => response.end('{}'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.address() as AddressInfo).port;
  });
  after(() => server.close());

  it('is there again on the same port after its tool has ended, and tells why that was', async () => {
    const tunnel = await ForwardTunnel.open(makeForward, port, { guardPath });
    try {
      assert.equal(await answersHttp(tunnel.host, tunnel.port, 5_000), true);
      const socket = connect(tunnel.port, tunnel.host);
      socket.on('error', () => {});
      socket.write('die');
      await once(socket, 'close');
      const failure = await tunnel.failure();
      assert.match(
        failure?.message ?? '',
        /ended with exit code 9\. Its last lines:\nforwarding\nno\[2J more\n/,
      );
      while (!(await answersHttp(tunnel.host, tunnel.port, 5_000)));
    } finally {
      await tunnel.close();
    }
    assert.equal(await isListening(tunnel.port), false);
  });

  it('ends while it is being opened', async () => {
    const never: MakeForward = (...ports) => ({ ...makeForward(...ports), ready: /^never$/ });
    const abort = new AbortController();
    const opening = ForwardTunnel.open(never, port, {
      guardPath,
      signal: abort.signal,
      onCommand: () => abort.abort(),
    });
    await assert.rejects(opening, { code: 'cancelled' });
  });

  it('says how its tool ended that never forwarded', async () => {
    const broken: MakeForward = () => ({
      file: process.execPath,
      args: ['-e', 'console.error("bad"); process.exit(4)'],
    });
    await assert.rejects(ForwardTunnel.open(broken, port, { guardPath }), {
      code: 'tunnelFailed',
      message: /ended with exit code 4\. Its last lines:\nbad/,
    });
    const missing: MakeForward = () => ({ file: 'no-such-tool', args: [] });
    await assert.rejects(ForwardTunnel.open(missing, port, { guardPath }), {
      code: 'tunnelFailed',
      message: 'The program no-such-tool is not on your PATH.',
    });
  });
});
