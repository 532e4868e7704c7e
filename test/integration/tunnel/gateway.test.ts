import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startGateway, type Gateway } from '../../support/tunnel/gateway';
import { Workbench } from '../cli/cli';
import { Program, programPath } from '../inspector/program';

const TOKEN = 'tok-5f1c9b7e';
const PLAN = ['--wait', '0.8', '--rounds', '2', '--warmup', '0', '--settle', '0'];

describe('leakline find --attach wss://', function () {
  this.timeout(120_000);
  let bench: Workbench;
  let program: Program;
  let gateway: Gateway;

  before(async () => {
    bench = await Workbench.open();
    program = await Program.inspected('tickets');
    gateway = await startGateway(bench.folder, program.url, TOKEN);
  });
  after(async () => {
    gateway.close();
    await program.end();
    await bench.close();
  });

  const find = async (env: NodeJS.ProcessEnv, ...args: readonly string[]) => {
    const root = ['--root', path.dirname(programPath('tickets'))];
    const end = await bench.run(['find', '--attach', gateway.url, ...root, ...PLAN, ...args], {
      env,
    });
    for (const text of [end.stdout, end.stderr]) assert(!text.includes(TOKEN), text);
    return end;
  };
  const trusting = () => ({ NODE_EXTRA_CA_CERTS: gateway.certificate });

  it('finds a leak with a token of the environment', async () => {
    const { code, stdout, stderr } = await find({ ...trusting(), LEAKLINE_TOKEN: TOKEN });
    assert.equal(code, 1, stderr);
    assert.match(stdout, /Leakline: 1 leak found/);
  });

  it('finds a leak with a token of a file', async () => {
    const file = bench.path('token');
    await writeFile(file, `${TOKEN}\n`);
    const { code, stderr } = await find(trusting(), '--token-file', file);
    assert.equal(code, 1, stderr);
  });

  it('says that the gateway lets nobody in without a valid one', async () => {
    for (const env of [trusting(), { ...trusting(), LEAKLINE_TOKEN: `${TOKEN}-old` }]) {
      const { code, stderr } = await find(env);
      assert.equal(code, 3);
      assert.match(stderr, /lets nobody in with this token, or without one/);
    }
  });

  it('trusts no certificate that nobody vouches for, whatever the environment says', async () => {
    const env = { LEAKLINE_TOKEN: TOKEN, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    const { code, stderr } = await find(env);
    assert.equal(code, 3);
    assert.match(stderr, /certificate of wss:.* cannot be trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
    assert.match(stderr, /NODE_EXTRA_CA_CERTS=FILE/);
  });

  it('takes no token that is none, and sends none in clear', async () => {
    const spoilt = await find({ ...trusting(), LEAKLINE_TOKEN: `${TOKEN} and\nmore` });
    assert.equal(spoilt.code, 2);
    assert.match(spoilt.stderr, /What LEAKLINE_TOKEN holds is not a token/);
    const clear = await find({}, '--attach', program.url, '--token-file', bench.path('token'));
    assert.equal(clear.code, 2);
    assert.match(clear.stderr, /sent to wss:\/\/ addresses only/);
    const missing = await find({}, '--token-file', bench.path('none'));
    assert.match(missing.stderr, /cannot be read \(ENOENT\)/);
  });
});
