import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buildShop, shopFolder, startShop, type RunningShop } from '../../support/shop';
import { noneLeftWith, processesWith } from '../../support/tunnel/processes';
import { startSshServer, type SshServer } from '../../support/tunnel/sshServer';
import { Workbench, type Cli, type CliEnd } from '../cli/cli';
import { assertShopLeak, parseReport } from '../cli/shopLeak';
import { isRunning } from '../inspector/program';

const VISITS = 60;
const FORWARD = /Running ssh .*-L (127\.0\.0\.1:\d+:127\.0\.0\.1:\d+) /;
/** Of the first tunnel, and of the one after it. */
const BOTH_FORWARDS = new RegExp(`${FORWARD.source}[^]*${FORWARD.source}`);

let bench: Workbench;

async function serve(name: string, settings?: readonly string[]): Promise<SshServer> {
  await mkdir(bench.path(name));
  return startSshServer(bench.path(name), settings);
}

function pathWith(folder: string): NodeJS.ProcessEnv {
  return { PATH: `${folder}${path.delimiter}${process.env['PATH']}` };
}

describe('leakline find --ssh', function () {
  this.timeout(240_000);
  let server: SshServer;
  let shop: RunningShop;

  before(async () => {
    bench = await Workbench.open();
    await buildShop();
    server = await serve('staging');
  });
  after(async () => {
    await server.stop();
    await bench.close();
  });
  beforeEach(async () => {
    shop = await startShop({ inspectorOff: true });
  });
  afterEach(() => shop.stop());

  const inspectPort = () => shop.inspector.split(':')[1] ?? '';
  const remote = () => ['--remote-pid', String(shop.process.pid), '--inspect-port', inspectPort()];
  const start = (host: string, ...args: string[]) =>
    bench.start(['find', '--ssh', host, '--yes', '--root', shopFolder, ...args], {
      env: pathWith(server.toolFolder),
    });
  const waiting = async (): Promise<{ cli: Cli; forward: string; ended: Promise<CliEnd> }> => {
    const cli = start('staging', ...remote(), '--wait', '600', '--warmup', '0', '--settle', '0');
    const [, forward = ''] = await cli.reports(FORWARD);
    await cli.reports(/round 1/);
    return { cli, forward, ended: cli.ended };
  };

  it('finds the leak of a program whose inspector was off, and leaves no tunnel', async () => {
    const plan = ['--rounds', '2', '--settle', '0', '--format', 'json'];
    const cli = start('staging', ...remote(), '--drive', shop.drive(VISITS), ...plan);
    const { code, stdout, stderr } = await cli.ended;
    assert.equal(code, 1, stderr);
    assertShopLeak(parseReport(stdout), VISITS);
    const [, forward = ''] = FORWARD.exec(stderr) ?? [];
    assert.equal(forward.split(':').at(-1), inspectPort());
    assert.match(stderr, /^Running ssh .* -- staging kill -USR1 \d+$/m);
    assert.deepEqual(processesWith(`-L ${forward}`), []);
    assert.equal(shop.process.exitCode, null);
    assert.equal((await fetch(shop.url)).status, 200);
  });

  it('opens a new tunnel when its own breaks in the middle, and starts over', async () => {
    const { cli, forward, ended } = await waiting();
    const guards = processesWith('tunnelGuard');
    const [ssh = 0] = processesWith(`-T -L ${forward}`).filter((pid) => !guards.includes(pid));
    process.kill(ssh, 'SIGKILL');
    const [, , next = ''] = await cli.reports(BOTH_FORWARDS);
    await cli.reports(/a new baseline was taken/);
    assert.notEqual(next, forward);
    assert.deepEqual(processesWith(`-L ${forward}`), []);
    assert.equal(processesWith(`-L ${next}`).length, 2);
    cli.interrupt();
    assert.equal((await ended).code, 130);
    assert.deepEqual(processesWith(`-L ${next}`), []);
    assert.equal((await fetch(shop.url)).status, 200);
  });

  it('ends the tunnel when it is interrupted', async () => {
    const { cli, forward, ended } = await waiting();
    assert.equal(processesWith(`-L ${forward}`).length, 2);
    cli.interrupt();
    assert.equal((await ended).code, 130);
    assert.deepEqual(processesWith(`-L ${forward}`), []);
  });

  it('ends the tunnel when it is killed itself', async () => {
    const { cli, forward } = await waiting();
    cli.kill();
    await noneLeftWith(`-L ${forward}`);
    assert.equal((await fetch(shop.url)).status, 200);
  });

  it('asks which process is meant where there are several', async () => {
    const { code, stderr } = await start('staging', '--open-inspector').ended;
    assert.equal(code, 3);
    assert.match(stderr, /There are \d+ Node\.js processes in staging:/);
    assert(stderr.includes(`  ${shop.process.pid}: `), stderr);
    assert.match(stderr, /--remote-pid PID/);
  });

  it('signals no process but those of Node.js, which others would not survive', async () => {
    const { code, stderr } = await start('staging', '--remote-pid', '1').ended;
    assert.equal(code, 3);
    assert.match(stderr, /There is no Node\.js process 1 in staging/);
    assert.doesNotMatch(stderr, /kill -USR1/);
  });

  it('says that the inspector is off if it is not to be opened', async () => {
    const { code, stderr } = await start('staging', '--inspect-port', inspectPort()).ended;
    assert.equal(code, 3);
    assert.match(stderr, new RegExp(`No inspector answers at port ${inspectPort()} of staging`));
    assert.match(stderr, /Connection refused/);
    assert.match(stderr, /--open-inspector opens it/);
    assert.equal(isRunning(shop.process.pid ?? 0), true);
  });

  it('says what is wrong with a host', async () => {
    const failures = [
      ['no.such.host.invalid', /Could not resolve hostname.*Check the name of the host/s],
      ['stranger', /Host key verification failed.*Connect once by hand with ssh/s],
      ['nokey', /Permission denied.*add your key to the ssh agent/s],
    ] as const;
    for (const [host, pattern] of failures) {
      const { code, stderr } = await start(host).ended;
      assert.equal(code, 3, host);
      assert.match(stderr, pattern);
      assert.match(stderr, /ssh ended with exit code 255/);
    }
  });

  it('says that the server forbids to forward', async () => {
    const strict = await serve('strict', ['AllowTcpForwarding no']);
    try {
      const args = ['find', '--ssh', 'staging', ...remote(), '--root', shopFolder];
      const { code, stderr } = await bench.run(args, { env: pathWith(strict.toolFolder) });
      assert.equal(code, 3);
      assert.match(stderr, /administratively prohibited.*The server forbids forwarding/s);
    } finally {
      await strict.stop();
    }
  });

  it('says what to install where there is no ssh', async () => {
    const env = { PATH: bench.path('empty') };
    const { code, stderr } = await bench.run(['find', '--ssh', 'staging'], { env });
    assert.equal(code, 3);
    assert.match(stderr, /The program ssh is not on your PATH\. Install OpenSSH/);
  });
});
