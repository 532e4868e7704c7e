import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
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
