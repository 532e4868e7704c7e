import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InspectorSession } from '../../../src/inspector/inspectorSession';
import { launchUnderInspector, type LaunchedTarget } from '../../../src/inspector/launch';
import { isRunning, programPath } from './program';

describe('launchUnderInspector', () => {
  let launched: LaunchedTarget | undefined;

  afterEach(async () => {
    await launched?.stop();
    launched = undefined;
  });

  async function scriptsOf({ webSocketUrl }: LaunchedTarget): Promise<string[]> {
    const session = await InspectorSession.connect(webSocketUrl);
    try {
      return [...session.scripts].map(({ url }) => url);
    } finally {
      await session.close();
    }
  }

  const isFixture = (name: string) => (url: string) => url.endsWith(`/${name}.cjs`);

  it('starts a node command, and hands on what it prints but not what its inspector does', async () => {
    const lines: string[] = [];
    launched = await launchUnderInspector(['node', programPath('boxes')], {
      onOutput: (line, stream) => lines.push(`${stream}: ${line}`),
    });
    assert.ok((await scriptsOf(launched)).some(isFixture('boxes')));
    await launched.stop();
    assert.deepEqual(await launched.exited, { code: null, signal: 'SIGTERM' });
    assert.deepEqual(lines, ['stdout: ready']);
  });

  it('finds the program behind a shell', async () => {
    launched = await launchUnderInspector([
      'sh',
      '-c',
      `echo from the shell; node "${programPath('boxes')}"`,
    ]);
    assert.ok((await scriptsOf(launched)).some(isFixture('boxes')));
  });

  it('finds the program that another Node.js program starts', async () => {
    launched = await launchUnderInspector([
      'sh',
      '-c',
      `node "${programPath('starter')}" boxes.cjs`,
    ]);
    assert.ok((await scriptsOf(launched)).some(isFixture('boxes')));
  });

  it('waits for the program that a slow package manager starts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leakline-launch-'));
    try {
      const manager = join(folder, 'node_modules/npm/bin/npm-cli.js');
      await mkdir(dirname(manager), { recursive: true });
      const start = `require(${JSON.stringify(programPath('starter'))})`;
      await writeFile(manager, `setTimeout(() => ${start}, 1500)`);
      launched = await launchUnderInspector(['sh', '-c', `node "${manager}" boxes.cjs`]);
      assert.ok((await scriptsOf(launched)).some(isFixture('boxes')));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("keeps the user's own NODE_OPTIONS", async () => {
    const env = { ...process.env, NODE_OPTIONS: '--title=my-shop' };
    const lines: string[] = [];
    launched = await launchUnderInspector(
      ['sh', '-c', 'node -e "console.log(process.title); setInterval(() => 0, 1000)"'],
      {
        env,
        onOutput: (line) => lines.push(line),
      },
    );
    assert.deepEqual(lines, ['my-shop']);
  });

  it('tells the last lines of a program that ends at once', async () => {
    await assert.rejects(launchUnderInspector(['node', programPath('failsAtOnce')]), {
      code: 'launchFailed',
      message: /exit code 3[^]*no database/,
    });
  });

  it('names a command that cannot be started', async () => {
    await assert.rejects(launchUnderInspector(['leakline-no-such-command']), {
      code: 'launchFailed',
      message: /ENOENT/,
    });
    await assert.rejects(launchUnderInspector([]), { code: 'usage' });
  });

  it('ends a command that starts no Node.js program in time', async () => {
    const lines: string[] = [];
    const launching = launchUnderInspector(['sh', '-c', 'echo $$; exec sleep 600'], {
      timeoutMs: 200,
      onOutput: (line) => lines.push(line),
    });
    await assert.rejects(launching, { code: 'launchFailed', message: /no Node\.js program/ });
    assert.equal(isRunning(Number(lines[0])), false);
  });

  it('ends the command on abort', async () => {
    const abort = new AbortController();
    let pid = 0;
    const launching = launchUnderInspector(['sh', '-c', 'echo $$; exec sleep 600'], {
      signal: abort.signal,
      onOutput: (line) => {
        pid = Number(line);
        abort.abort();
      },
    });
    await assert.rejects(launching, { code: 'cancelled' });
    assert.equal(isRunning(pid), false);
  });

  it('ends what the command started, by force if need be', async () => {
    const lines: string[] = [];
    const before = process.listenerCount('exit');
    launched = await launchUnderInspector(
      ['sh', '-c', `node "${programPath('stubborn')}" & wait; echo the shell is gone`],
      { onOutput: (line) => lines.push(line) },
    );
    const pid = Number(/ready (\d+)/.exec(lines.join('\n'))?.[1]);
    await launched.stop();
    assert.ok(lines.includes('asked to end'));
    assert.equal(isRunning(pid), false);
    assert.equal(process.listenerCount('exit'), before);
  });
});
