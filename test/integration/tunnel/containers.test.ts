import assert from 'node:assert/strict';
import { shopFolder, startShop, type RunningShop, buildShop } from '../../support/shop';
import { processesWith } from '../../support/tunnel/processes';
import { standInTools, type StandInTools } from '../../support/tunnel/standInTools';
import { Workbench } from '../cli/cli';
import { assertShopLeak, parseReport } from '../cli/shopLeak';

const VISITS = 60;
const POD = [
  '--kube',
  'api-0',
  '--context',
  'staging',
  '--namespace',
  'shop',
  '--container',
  'web',
];

describe('leakline find in a container', function () {
  this.timeout(240_000);
  let bench: Workbench;
  let shop: RunningShop;
  let tools: StandInTools;

  before(async () => {
    bench = await Workbench.open();
    await buildShop();
  });
  after(() => bench.close());
  beforeEach(async () => {
    shop = await startShop({ inspectorOff: true });
    tools = await standInTools(bench.path('tools'), shop.process.pid);
  });
  afterEach(() => shop.stop());

  const inspectPort = () => shop.inspector.split(':')[1] ?? '';
  const find = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const plan = ['--rounds', '2', '--settle', '0', '--format', 'json', '--root', shopFolder];
    const work = ['--drive', shop.drive(VISITS), '--inspect-port', inspectPort()];
    return bench.run(['find', '--yes', ...args, ...plan, ...work], {
      env: { ...tools.env, ...env },
    });
  };

  it('finds the leak in a pod', async () => {
    const { code, stdout, stderr } = await find([...POD, '--open-inspector']);
    assert.equal(code, 1, stderr);
    assertShopLeak(parseReport(stdout), VISITS);
    const commands = await tools.commands();
    const forward = commands.find((words) => words.includes('port-forward')) ?? [];
    const scope = ['kubectl', '--context', 'staging', '--namespace', 'shop'];
    assert.deepEqual(forward.slice(0, 8), [
      ...[...scope, 'port-forward', '--address=127.0.0.1', 'pod/api-0'],
    ]);
    assert.deepEqual(processesWith(forward.slice(1).join(' ')), []);
    // The image has no program `kill`, and its shell has one.
    assert(commands.some((words) => words.includes('kill')));
    assert(stderr.includes(`Running ${forward.join(' ')}`), stderr);
  });

  it('finds the leak in a container of docker, through a process in it', async () => {
    const args = ['--docker', 'web', '--remote-pid', String(shop.process.pid), '--docker-pipe'];
    const { code, stdout, stderr } = await find(args);
    assert.equal(code, 1, stderr);
    assertShopLeak(parseReport(stdout), VISITS);
    assert.match(stderr, /^Running docker exec -i -e NODE_OPTIONS= web node -e '.*' \d+$/m);
    assert.deepEqual(processesWith(`.pipe(s) ${inspectPort()}`), []);
    assert.equal((await fetch(shop.url)).status, 200);
  });

  it('goes through the published port of a container where there is one', async () => {
    process.kill(shop.process.pid ?? 0, 'SIGUSR1');
    const published = `${inspectPort()}/tcp -> 0.0.0.0:${inspectPort()}\n`;
    const { code, stderr } = await find(['--docker', 'web'], { TOOL_PUBLISHED: published });
    assert.equal(code, 1, stderr);
    assert.deepEqual(await tools.commands(), [['docker', 'port', 'web']]);
  });

  it('starts no process in a container without having been told to', async () => {
    const { code, stderr } = await find(['--docker', 'web']);
    assert.equal(code, 3);
    assert.match(stderr, /Container web publishes no port \d+\. --docker-pipe gets there/);
    assert.deepEqual(await tools.commands(), [['docker', 'port', 'web']]);
  });

  it('repeats what kubectl said, without what a terminal acts on', async () => {
    const { code, stderr } = await find(['--kube', 'gone']);
    assert.equal(code, 3);
    assert.match(stderr, /kubectl ended with exit code 1\. Its last lines:/);
    assert.match(stderr, /pods "gone" not \[31mfound/);
    assert.match(stderr, /Check its name/);
  });

  it('says what to install', async () => {
    for (const [option, name] of [
      ['--kube', 'kubectl'],
      ['--docker', 'docker'],
    ]) {
      const { code, stderr } = await find([option, 'x'], { PATH: bench.path('none') });
      assert.equal(code, 3);
      assert.match(stderr, new RegExp(`The program ${name} is not on your PATH\\. Install`));
    }
  });
});
