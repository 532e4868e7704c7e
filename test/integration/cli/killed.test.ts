import assert from 'node:assert/strict';
import { CdpClient } from '../../../src/inspector/cdpClient';
import { BoundedLoad } from '../../support/boundedLoad';
import { Program } from '../inspector/program';
import { Workbench } from './cli';

/** Where the command line is killed: what it says then, and the options that it has besides. */
const STEPS: readonly [step: string, says: RegExp, options?: readonly string[]][] = [
  ['in the warm-up, connected', /warm-up 1 of 1/],
  ['while it collects garbage', /Settling before the baseline/],
  ['while the baseline is built', /baseline: Building the heap snapshot/],
  ['between the rounds, sampling', /round 2 of 3/],
  ['in a later snapshot, sampling', /round 2: Building the heap snapshot/],
  ['while it tracks allocations', /round 1 of 3/, ['--track-allocations']],
  ['while it compares, attached still', /Looking for|Comparing|Reading/],
];

describe('leakline find, killed', function () {
  this.timeout(120_000);

  let bench: Workbench;
  let program: Program;
  let load: BoundedLoad;

  before(async () => {
    bench = await Workbench.open();
  });
  after(() => bench.close());
  beforeEach(async () => {
    program = await Program.inspected('server', '--inspect', /ready (\d+)/);
    load = new BoundedLoad(Number(program.text.match(/ready (\d+)/)?.[1]));
  });
  afterEach(async () => {
    await load.stop();
    await program.end();
  });

  /** What V8 does, as one who was not asked for it can see. */
  async function leftBehind(): Promise<string[]> {
    const client = await CdpClient.connect(program.url);
    const left: string[] = [];
    try {
      // Refused unless somebody samples.
      await client.send('HeapProfiler.getSamplingProfile').then(
        () => left.push('sampling'),
        () => undefined,
      );
      await client.send('HeapProfiler.enable');
      const object = await client.send('Runtime.evaluate', { expression: '({})' });
      // While allocations are tracked, V8 numbers objects by itself, several times a second.
      await load.more(100);
      const { heapObjectId } = await client.send('HeapProfiler.getHeapObjectId', {
        objectId: object.objectId,
      });
      if (heapObjectId !== 0) left.push('tracking of allocations');
      return left;
    } finally {
      await client.close();
    }
  }

  it('would be seen to have left something, for while it lives it has', async () => {
    const slow = ['--track-allocations', '--warmup', '0', '--wait', '60'];
    const cli = bench.start(['find', '--attach', `127.0.0.1:${program.port}`, ...slow]);
    await cli.reports(/round 1 of 3/);
    assert.deepEqual(await leftBehind(), ['sampling', 'tracking of allocations']);
  });

  for (const [step, says, options = []] of STEPS) {
    it(`${step}, leaves the target serving, and nothing at work in V8`, async () => {
      await load.more(20);
      const cli = bench.start([
        ...['find', '--attach', `127.0.0.1:${program.port}`, '--wait', '0.3', '--settle', '0'],
        ...['--extra-rounds', '0', ...options],
      ]);
      await cli.reports(says);
      cli.kill();
      const { code } = await cli.ended;
      assert.equal(code, null, 'it was killed before it ended');
      await load.more(100);
      assert.deepEqual(load.failures, []);
      assert.deepEqual(await leftBehind(), []);
    });
  }
});
