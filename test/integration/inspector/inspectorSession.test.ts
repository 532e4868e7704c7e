import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdpClient } from '../../../src/inspector/cdpClient';
import { InspectorSession } from '../../../src/inspector/inspectorSession';
import { parseAttachAddress, resolveTarget } from '../../../src/inspector/targets';
import { Program } from './program';
import { boxIds } from './snapshotObjects';

describe('InspectorSession', () => {
  let folder: string;
  let program: Program | undefined;
  let session: InspectorSession | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'leakline-session-'));
  });

  afterEach(async () => {
    await session?.close();
    await program?.end();
    session = undefined;
    program = undefined;
    await rm(folder, { recursive: true });
  });

  async function attach(name: string): Promise<{ program: Program; session: InspectorSession }> {
    program = await Program.inspected(name);
    session = await InspectorSession.connect(program.url);
    return { program, session };
  }

  const file = (name: string) => join(folder, `${name}.heapsnapshot`);

  describe('attaching', () => {
    it('works by HOST:PORT, and finds the script table complete', async () => {
      program = await Program.inspected('boxes');
      const target = await resolveTarget(parseAttachAddress(`127.0.0.1:${program.port}`));
      session = await InspectorSession.connect(target.webSocketUrl, { title: target.title });
      assert.match(session.title, /boxes\.cjs/);
      const script = [...session.scripts].find(({ url }) => url.endsWith('/boxes.cjs'));
      assert.ok(script);
      assert.match(script.hash ?? '', /^[0-9a-f]{64}$/);
      assert.equal(session.scripts.get(script.scriptId), script);
      const source = await session.getScriptSource(script.scriptId);
      assert.equal(source.length, script.length);
      assert.match(source, /class Box/);
    });

    it('works by WebSocket URL', async () => {
      program = await Program.inspected('boxes');
      const target = await resolveTarget(parseAttachAddress(program.url));
      session = await InspectorSession.connect(target.webSocketUrl);
      assert.ok((await session.usedHeapBytes()) > 1e6);
    });

    it('works by a name for the loopback address', async () => {
      program = await Program.inspected('boxes');
      const target = await resolveTarget(parseAttachAddress(`localhost:${program.port}`));
      session = await InspectorSession.connect(target.webSocketUrl);
    });

    it('says when the URL is of an earlier run', async () => {
      program = await Program.inspected('boxes');
      const url = `ws://127.0.0.1:${program.port}/0-0`;
      await assert.rejects(InspectorSession.connect(url), { code: 'targetNotFound' });
    });

    it('says when nothing listens', async () => {
      program = await Program.inspected('boxes');
      const { port, url } = program;
      await program.end();
      const address = parseAttachAddress(String(port));
      await assert.rejects(resolveTarget(address), {
        code: 'connectionRefused',
        hint: /--inspect/,
      });
      await assert.rejects(InspectorSession.connect(url), { code: 'connectionRefused' });
    });

    it('says when an HTTP server is no inspector', async () => {
      const server = createHttpServer((_, response) => response.end('<h1>shop</h1>'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      try {
        const address = parseAttachAddress(String(port));
        await assert.rejects(resolveTarget(address), { code: 'notAnInspector' });
        const url = `ws://127.0.0.1:${port}/x`;
        await assert.rejects(InspectorSession.connect(url), { code: 'notAnInspector' });
      } finally {
        server.close();
        server.closeAllConnections();
      }
    });

    it('gives up on a server that never answers', async () => {
      const server = createServer((socket) => socket.resume());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      try {
        const url = `ws://127.0.0.1:${port}/x`;
        const connecting = InspectorSession.connect(url, { timeoutMs: 100 });
        await assert.rejects(connecting, { code: 'notAnInspector' });
      } finally {
        server.close();
      }
    });

    it('gives up on a program that is blocked', async () => {
      program = await Program.inspected('blocked');
      const connecting = InspectorSession.connect(program.url, { timeoutMs: 300 });
      await assert.rejects(connecting, { code: 'connectionLost', message: /does not answer/ });
    });
  });

  describe('a target under another debugger', () => {
    it('is refused while it is stopped, stays stopped, and runs on later', async () => {
      program = await Program.inspected('debuggerStatements');
      const other = await CdpClient.connect(program.url);
      const stopped = new Promise<void>((resolve) => other.on('Debugger.paused', () => resolve()));
      await other.send('Debugger.enable');
      await stopped;
      await assert.rejects(InspectorSession.connect(program.url), { code: 'targetPaused' });
      await assert.rejects(InspectorSession.connect(program.url), { code: 'targetPaused' });
      const goesOn = program.printed(/passed/, true);
      await other.close();
      await goesOn;
      session = await InspectorSession.connect(program.url);
    });

    it('that stops it later is named when garbage cannot be collected', async () => {
      const attached = await attach('debuggerStatements');
      const other = await CdpClient.connect(attached.program.url);
      const stopped = new Promise<void>((resolve) => other.on('Debugger.paused', () => resolve()));
      await other.send('Debugger.enable');
      await stopped;
      await assert.rejects(attached.session.collectGarbage(), { code: 'targetPaused' });
      await other.close();
      await attached.session.collectGarbage();
    });
  });

  for (const flag of ['--inspect-brk', '--inspect-wait']) {
    it(`refuses a target that waits under ${flag}, and leaves it waiting`, async () => {
      program = await Program.inspected('boxes', flag, /listening on/);
      await assert.rejects(InspectorSession.connect(program.url), { code: 'targetPaused' });
      const starter = await CdpClient.connect(program.url);
      try {
        const { type } = await starter.send('Runtime.evaluate', { expression: 'process.argv' });
        assert.equal(type, 'undefined', 'the program has not started');
      } finally {
        await starter.close();
      }
    });
  }

  it('does not stop the target at its debugger statements', async () => {
    const attached = await attach('debuggerStatements');
    await attached.program.printed(/passed/, true);
    await attached.session.capture(file('a'));
    await attached.program.printed(/passed/, true);
  });

  it('leaves the target running', async () => {
    const attached = await attach('debuggerStatements');
    await attached.session.collectGarbage();
    await attached.session.capture(file('a'));
    await attached.session.close();
    assert.equal(attached.session.isClosed, true);
    await attached.program.printed(/passed/, true);
    await assert.rejects(attached.session.usedHeapBytes(), { code: 'connectionLost' });
  });

  describe('object ids', () => {
    it('hold over four captures, and stay with their objects', async () => {
      const attached = await attach('boxes');
      const ids: Map<string, number>[] = [];
      for (const name of ['a', 'b', 'c', 'd']) {
        await attached.session.collectGarbage();
        const result = await attached.session.capture(file(name));
        assert.equal(result.idsHold, true);
        assert.equal(result.bytes, (await stat(result.path)).size);
        ids.push(await boxIds(result.path));
      }
      assert.equal(ids[0]?.size, 200);
      assert.deepEqual([ids[1], ids[2], ids[3]], [ids[0], ids[0], ids[0]]);
    });

    it('are known to be reset when another client profiles and detaches', async () => {
      const attached = await attach('boxes');
      const capture = (name: string) => attached.session.capture(file(name));
      assert.equal((await capture('a')).idsHold, true);
      const other = await CdpClient.connect(attached.program.url);
      await other.send('HeapProfiler.enable');
      await other.close();
      // The target handles the detach in its own time, but before what is sent after this.
      await detached(attached.program);
      assert.equal((await capture('b')).idsHold, false);
      const [before, after] = [await boxIds(file('a')), await boxIds(file('b'))];
      assert.notDeepEqual(after, before, 'the ids did change');
      assert.equal((await capture('c')).idsHold, true);
      assert.deepEqual(await boxIds(file('c')), after);
    });

    it('are known to be reset when that client takes snapshots around its reset', async () => {
      const attached = await attach('boxes');
      await attached.session.capture(file('a'));
      const other = await CdpClient.connect(attached.program.url);
      await other.send('HeapProfiler.enable');
      await other.send('HeapProfiler.takeHeapSnapshot');
      await other.close();
      await detached(attached.program);
      const third = await CdpClient.connect(attached.program.url);
      await third.send('HeapProfiler.takeHeapSnapshot');
      assert.equal((await attached.session.capture(file('b'))).idsHold, false);
      await third.close();
    });
  });

  /** Resolves when a client that connected after the last detach was answered. */
  async function detached(target: Program): Promise<void> {
    const client = await CdpClient.connect(target.url);
    await client.send('Runtime.getHeapUsage');
    await client.close();
  }

  describe('capture', () => {
    it('writes a file for its owner only, and tells how far it is', async () => {
      const attached = await attach('boxes');
      const fractions: number[] = [];
      const messages = new Set<string>();
      const { path } = await attached.session.capture(file('a'), {
        onProgress: ({ message, fraction }) => {
          messages.add(message.replace(/:.*/, ''));
          if (fraction !== undefined) fractions.push(fraction);
        },
      });
      assert.equal((await stat(path)).mode & 0o777, 0o600);
      assert.deepEqual(await readdir(folder), ['a.heapsnapshot']);
      assert.deepEqual([...messages], ['Building the heap snapshot', 'Writing the heap snapshot']);
      assert.ok(fractions.every((fraction) => fraction >= 0 && fraction <= 1));
    });

    for (const step of ['Building', 'Writing']) {
      it(`leaves nothing when the target is killed at ${step.toLowerCase()}`, async () => {
        const attached = await attach('bigHeap');
        const lost = new Promise<string>((resolve) => {
          attached.session.onDidClose(({ code }) => resolve(code));
        });
        const captured = attached.session.capture(file('a'), {
          onProgress: ({ message }) => {
            if (message.startsWith(step)) attached.program.signal('SIGKILL');
          },
        });
        await assert.rejects(captured, { code: 'connectionLost' });
        assert.deepEqual(await readdir(folder), []);
        assert.equal(await lost, 'connectionLost');
        assert.equal(attached.session.isClosed, true);
      });
    }

    it('can be cancelled while V8 builds, and the next one works', async () => {
      const attached = await attach('bigHeap');
      const abort = new AbortController();
      const captured = attached.session.capture(file('a'), {
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
      await assert.rejects(captured, { code: 'cancelled' });
      assert.deepEqual(await readdir(folder), []);
      const { path, bytes } = await attached.session.capture(file('b'));
      assert.equal(bytes, (await stat(path)).size);
      await boxIds(path);
    });

    it('refuses a folder that cannot be written to, and works elsewhere', async () => {
      const attached = await attach('boxes');
      await writeFile(join(folder, 'notAFolder'), '');
      const captured = attached.session.capture(join(folder, 'notAFolder', 'a.heapsnapshot'));
      await assert.rejects(captured, { code: 'storage', hint: /folder/ });
      await attached.session.capture(file('b'));
    });
  });

  it('lets a program end that has come to its end, and says so', async () => {
    const attached = await attach('endsSoon');
    const lost = new Promise<string>((resolve) => {
      attached.session.onDidClose(({ message }) => resolve(message));
    });
    attached.program.closeInput();
    assert.equal(await lost, 'The program has ended.');
    assert.equal(await attached.program.ended(), 7);
  });

  it('captures a target with a large script as fast as one without', async () => {
    // Node 20 without Debugger.enable takes minutes for this one; the test's time limit tells.
    const typescript = require.resolve('typescript');
    program = await Program.start('boxes', ['--inspect=127.0.0.1:0', '--require', typescript]);
    session = await InspectorSession.connect(program.url);
    await session.capture(file('a'));
  });
});
