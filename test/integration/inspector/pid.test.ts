import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { CdpClient } from '../../../src/inspector/cdpClient';
import { InspectorSession } from '../../../src/inspector/inspectorSession';
import { openInspectorOf } from '../../../src/inspector/pid';
import { Program } from './program';

describe('openInspectorOf', () => {
  let program: Program | undefined;

  afterEach(async () => {
    await program?.end();
    program = undefined;
  });

  /** The default port may be taken on the machine that runs the tests. */
  const freePort = ['--inspect-port=127.0.0.1:0'];

  it('opens the inspector of a running program', async () => {
    program = await Program.start('boxes', freePort);
    const session = await InspectorSession.connect(await openInspectorOf(program.pid));
    const urls = [...session.scripts].map(({ url }) => url);
    await session.close();
    assert.ok(urls.some((url) => url.endsWith('/boxes.cjs')));
  });

  it('uses the inspector that is open, without a signal', async () => {
    program = await Program.inspected('catchesSignal');
    assert.equal(await openInspectorOf(program.pid), program.url);
    program.closeInput();
    assert.equal(await program.ended(), 0, 'the signal would have made it 1');
  });

  it('finds an inspector that the program opened by itself', async () => {
    program = await Program.start('opensInspector');
    assert.equal(await openInspectorOf(program.pid), program.url);
  });

  it('refuses a process that is not Node.js, and does not harm it', async () => {
    const shell = spawn('sh', ['-c', 'trap "exit 9" USR1; echo ready; read line; exit 5']);
    try {
      await once(shell.stdout, 'data');
      await assert.rejects(openInspectorOf(shell.pid ?? 0), {
        code: 'targetNotFound',
        hint: /npm/,
      });
      shell.stdin.end('\n');
      assert.deepEqual(await once(shell, 'exit'), [5, null], 'the signal would have made it 9');
    } finally {
      shell.kill('SIGKILL');
    }
  });

  it('does not signal a Node.js program that would die of it', async () => {
    program = await Program.start('dropsSignalHandler');
    await assert.rejects(openInspectorOf(program.pid), { code: 'targetNotFound' });
    program.signal('SIGTERM');
    assert.equal(await program.ended(), 'SIGTERM', 'and not SIGUSR1');
  });

  it('says when there is no such process', async () => {
    program = await Program.start('boxes');
    await program.end();
    await assert.rejects(openInspectorOf(program.pid), { code: 'targetNotFound' });
    for (const pid of [0, -1, 1.5, NaN]) {
      await assert.rejects(openInspectorOf(pid), { code: 'usage' });
    }
  });

  describe('in a cluster', () => {
    /** The process ids of its two workers. */
    async function startCluster(inspectPort: number): Promise<[number, number]> {
      program = await Program.start('cluster', [], /ready \d+\s+ready \d+/, [`${inspectPort}`]);
      const [first, second] = [...program.output.matchAll(/ready (\d+)/g)].map(([, pid]) => pid);
      return [Number(first), Number(second)];
    }

    it('opens that of one worker and of another, where each has its own port', async () => {
      const [first, second] = await startCluster(0);
      for (const pid of [first, second]) {
        const url = await openInspectorOf(pid);
        assert.equal(await openInspectorOf(pid), url);
        const client = await CdpClient.connect(url);
        const { value } = await client.send('Runtime.evaluate', { expression: 'process.pid' });
        await client.close();
        assert.equal(value, pid);
      }
    });

    it('says which worker has the port that they share', async function () {
      if (process.platform !== 'linux') this.skip();
      const [first, second] = await startCluster(await freePortNumber());
      await openInspectorOf(first);
      await assert.rejects(openInspectorOf(second, { timeoutMs: 200 }), {
        code: 'notAnInspector',
        message: new RegExp(`process ${first} listens on port \\d+ already`),
        hint: /inspectPort: 0/,
      });
    });
  });

  describe('when the port for the inspector is taken', () => {
    const server = createServer();

    beforeEach(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      program = await Program.start('boxes', [`--inspect-port=127.0.0.1:${port}`]);
    });

    afterEach(() => server.close());

    it('says that the inspector does not open', async () => {
      const opening = openInspectorOf(program?.pid ?? 0, { timeoutMs: 200 });
      await assert.rejects(opening, { code: 'notAnInspector', hint: /in use/ });
    });

    it('gives up on abort', async () => {
      const opening = openInspectorOf(program?.pid ?? 0, { signal: AbortSignal.timeout(100) });
      await assert.rejects(opening, { code: 'cancelled' });
    });
  });
});

async function freePortNumber(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
