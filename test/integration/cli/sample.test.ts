import assert from 'node:assert/strict';
import type { SampleReport } from '../../../src/care/sampleReport';
import { runDrive } from '../../../src/investigation/driveCommand';
import { buildShop, shopFolder, startShop, type RunningShop } from '../../support/shop';
import { Workbench } from './cli';
import { leak } from './shopLeak';

describe('leakline sample', function () {
  this.timeout(120_000);
  let bench: Workbench;
  let shop: RunningShop;

  before(async () => {
    bench = await Workbench.open();
    await buildShop();
  });
  beforeEach(async () => {
    shop = await startShop({ release: 1 });
  });
  afterEach(() => shop.stop());
  after(() => bench.close());

  /** Samples the shop, which has visitors all the time. */
  async function sample(...more: string[]) {
    const done = new AbortController();
    const { signal } = done;
    const traffic = (async () => {
      while (!signal.aborted)
        await runDrive(shop.drive(300), { signal, onLine: () => {} }).catch(() => {});
    })();
    try {
      const target = ['--attach', shop.inspector, '--root', shopFolder];
      return await bench.run(['sample', ...target, '--seconds', '12', '--every', '2', ...more]);
    } finally {
      done.abort();
      await traffic;
    }
  }

  it('names the line first that the snapshots name', async () => {
    const { code, stdout, stderr } = await sample('--format', 'json');
    assert.equal(code, 1, stdout + stderr);
    assert.match(stderr, /^Cost of sampling: .*No snapshot is taken\./m);
    const report = JSON.parse(stdout) as SampleReport;
    const [first] = report.sites;
    assert.equal(first.site?.file, leak.file, stdout);
    assert.equal(first.site.line, leak.line);
    assert.equal(first.functionName, 'quoteCart');
    assert(first.perMinuteRange.least > 0);
  });

  it('says what the lines are, and leaves the shop serving and unsampled', async () => {
    const first = await sample();
    assert.match(first.stdout, /^Leakline: \d+ allocation sites? keeps? growing/);
    assert.match(first.stdout, /allocation sites that keep growing, not what retains/);
    assert.equal((await fetch(shop.url)).status, 200);
    const again = await bench.run(
      ['sample', '--attach', shop.inspector, '--seconds', '1', '--rounds', '8'].concat([]),
    );
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /no allocation site keeps growing/);
  });
});
