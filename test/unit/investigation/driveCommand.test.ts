import assert from 'node:assert/strict';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { LeaklineError } from '../../../src/base/errors';
import { runDrive } from '../../../src/investigation/driveCommand';

/** A shell command that runs a piece of JavaScript, in double quotes for cmd.exe's sake. */
function node(code: string): string {
  return `"${process.execPath}" -e "${code}"`;
}

async function drive(command: string, signal = new AbortController().signal) {
  const lines: string[] = [];
  await runDrive(command, { signal, onLine: (line) => lines.push(line) });
  return lines;
}

async function failure(promise: Promise<unknown>): Promise<LeaklineError> {
  try {
    await promise;
  } catch (error) {
    assert(error instanceof LeaklineError, String(error));
    return error;
  }
  return assert.fail('the command succeeded');
}

/**
 * Starts a drive command whose process below the shell stays connected to us: `connection` closes
 * when that process is gone, and not before.
 */
async function startConnected(code: string, controller: AbortController) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // The shell stays in between, because it has a second command to run.
  const command = `${node(`${code}require('net').connect(${port}, '127.0.0.1')`)} && exit 0`;
  const ended = failure(drive(command, controller.signal));
  const [connection] = (await once(server, 'connection')) as [Socket];
  connection.on('error', () => {}).resume();
  server.close();
  return { closed: once(connection, 'close'), ended };
}

describe('runDrive', () => {
  it('delivers the output of both streams line by line', async () => {
    const lines = await drive(
      node(`process.stdout.write('one\\ntw'); process.stdout.write('o'); console.error('three')`),
    );
    assert.deepEqual(lines.sort(), ['one', 'three', 'two']);
  });

  it('goes through the shell and passes the environment on', async () => {
    process.env.LEAKLINE_TEST_VALUE = 'passed on';
    try {
      const command = `${node('process.exit(0)')} && ${node('console.log(process.env.LEAKLINE_TEST_VALUE)')}`;
      assert.deepEqual(await drive(command), ['passed on']);
    } finally {
      delete process.env.LEAKLINE_TEST_VALUE;
    }
  });

  it('runs in the folder asked for', async () => {
    const lines: string[] = [];
    const { signal } = new AbortController();
    const cwd = path.dirname(process.execPath);
    const onLine = (line: string) => lines.push(line);
    await runDrive(node('console.log(process.cwd())'), { cwd, signal, onLine });
    assert.deepEqual(lines, [realpathSync(cwd)]);
  });

  it('fails with the exit code and the last lines', async () => {
    const error = await failure(
      drive(node(`for (let i = 1; i <= 9; i++) console.log('line ' + i); process.exitCode = 3`)),
    );
    assert.equal(error.code, 'driveFailed');
    assert.match(error.message, /exit code 3/);
    assert.match(error.hint ?? '', /\nline 5\nline 6\nline 7\nline 8\nline 9$/);
    assert.doesNotMatch(error.hint ?? '', /line 4/);
  });

  it('fails when the command does not exist', async () => {
    const error = await failure(drive('leakline-no-such-command'));
    assert.equal(error.code, 'driveFailed');
    assert.match(error.hint ?? '', /leakline-no-such-command/);
  });

  it('does not start when it was cancelled before', async () => {
    const error = await failure(drive(node('process.exit(3)'), AbortSignal.abort()));
    assert.equal(error.code, 'cancelled');
  });

  it('takes down what the command has started when it is cancelled', async () => {
    const controller = new AbortController();
    const { closed, ended } = await startConnected('', controller);
    controller.abort();
    assert.equal((await ended).code, 'cancelled');
    await closed;
  });

  it('takes down a command that ignores the request to end', async () => {
    const controller = new AbortController();
    const { closed, ended } = await startConnected(`process.on('SIGTERM', () => {});`, controller);
    controller.abort();
    assert.equal((await ended).code, 'cancelled');
    await closed;
  });

  it('leaves no listener behind', async () => {
    const before = process.listenerCount('exit');
    await drive(node('process.exit(0)'));
    await failure(drive(node('process.exit(1)')));
    assert.equal(process.listenerCount('exit'), before);
  });

  it('does not wait for a background process that keeps the pipes open', async function () {
    if (process.platform === 'win32') this.skip();
    const [pid] = await drive(`sleep 30 & echo $!`);
    process.kill(Number(pid));
  });
});
