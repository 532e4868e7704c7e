import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { parseAttachAddress, resolveTarget } from '../../../src/inspector/targets';
import { CdpClient } from '../../../src/inspector/cdpClient';
import { buildShop, shopFolder, startShop, type RunningShop } from '../../support/shop';
import { isRunning, Program, programPath } from '../inspector/program';
import { Workbench, type CliEnd } from './cli';
import { assertShopLeak, leak, parseReport } from './shopLeak';

const VISITS = 60;

let bench: Workbench;

/** What a report says that the process need not be there for. */
function withoutProcess({ memory, findings, ...rest }: LeakReport): unknown {
  return {
    ...rest,
    memory: memory.map((reading) => ({ ...reading, residentBytes: undefined })),
    findings: findings.map((finding) => ({ ...finding, confidence: 0, evidence: [] })),
  };
}

describe('leakline find', function () {
  this.timeout(120_000);

  before(async () => {
    bench = await Workbench.open();
    await buildShop();
  });
  after(() => bench.close());
  afterEach('leaves nothing in the folder for temporary files', async () => {
    assert.deepEqual(await bench.leftovers(), []);
  });

  const find = (shop: RunningShop, ...more: string[]) => {
    const target = ['--attach', shop.inspector, '--drive', shop.drive(VISITS)];
    return bench.run(['find', ...target, '--root', shopFolder, '--settle', '0.1', ...more]);
  };

  describe('on the shop that leaks', () => {
    let shop: RunningShop;
    let end: CliEnd;
    let report: LeakReport;
    const kept = () => bench.path('kept');

    before(async () => {
      shop = await startShop({ release: 1 });
      end = await find(shop, '--format', 'json', '--keep-snapshots', kept());
      report = parseReport(end.stdout);
    });
    after(() => shop.stop());

    it('finds the leak first, on the line that makes it', () => {
      assert.equal(end.code, 1, end.stderr);
      assertShopLeak(report, VISITS);
      assert.equal(report.rounds, 3);
      assert.deepEqual(report.notices, []);
    });

    it('measures it', () => {
      const bytes = report.findings[0].retainedBytesPerRound / VISITS;
      assert(bytes > 200 && bytes < 5_000, `${bytes} bytes for a quote`);
      assert.equal(report.heapBytes.length, 4);
      const growth = (report.heapBytes[3] - report.heapBytes[0]) / 3 / VISITS;
      assert(growth > bytes * 0.9, `${growth} bytes of heap for a visit`);
    });

    it('shows what keeps it, from the root to a leaked object', () => {
      const { path: chain } = report.findings[0];
      assert.equal(chain[0].className, '(GC root)');
      const map = chain.at(-2);
      assert.deepEqual([map?.edge, map?.className], ['variable quotes', 'Map']);
      assert.equal(chain.at(-1)?.className, 'PriceQuote');
      assert.equal(new Set(chain.map(({ objectId }) => objectId)).size, chain.length);
    });

    it('reports on standard output and its progress on standard error', () => {
      assert.match(end.stdout, /^\{[^]*\}\n$/);
      for (const step of [/warm-up 1 of 1/, /baseline: /, /round 3 of 3/, /round 3: /]) {
        assert.match(end.stderr, step);
      }
      assert.doesNotMatch(end.stderr, /schemaVersion|\r|\u001b/);
    });

    it('keeps the snapshots for their owner only', async () => {
      const names = (await readdir(kept())).sort();
      const labels = names.map((name) => name.slice(name.indexOf(' ') + 1));
      assert.deepEqual(
        labels,
        ['baseline', 'round 1', 'round 2', 'round 3'].map((label) => `${label}.heapsnapshot`),
      );
      for (const name of names) {
        assert.equal((await stat(path.join(kept(), name))).mode & 0o777, 0o600, name);
      }
      assert.equal((await stat(kept())).mode & 0o777, 0o700);
    });

    it('comes to the same with `leakline diff`, where there is no process', async () => {
      const files = (await readdir(kept())).sort().map((name) => path.join(kept(), name));
      const diff = await bench.run(['diff', ...files, '--root', shopFolder, '--format', 'json']);
      assert.equal(diff.code, 1, diff.stderr);
      const compared = parseReport(diff.stdout);
      assert.deepEqual(withoutProcess(compared), withoutProcess(report));
      const { evidence } = compared.findings[0];
      assert.deepEqual(evidence, report.findings[0].evidence.slice(0, evidence.length));
    });

    it('works again on the same target, by its ws:// URL, and writes to a file', async () => {
      const { webSocketUrl } = await resolveTarget(parseAttachAddress(shop.inspector));
      const file = bench.path('report', 'leak.txt');
      const plan = ['--warmup', '0', '--rounds', '2', '--settle', '0'];
      const drive = ['--drive', shop.drive(VISITS)];
      const args = ['find', '--attach', webSocketUrl, ...drive, ...plan, '--root', shopFolder];
      const again = await bench.run([...args, '--output', file]);
      assert.equal(again.code, 1, again.stderr);
      assert.equal(again.stdout, '');
      const text = await readFile(file, 'utf8');
      assert.match(text, new RegExp(`^ +${leak.file}:${leak.line}:\\d+ \\(added at\\)$`, 'm'));
      assert(text.includes(`+${VISITS} PriceQuote`), text);
      assert.match(text, /… \d+ steps inside Node\.js/);
    });

    it('leaves the target running, and its inspector free', async () => {
      assert.equal((await fetch(shop.url)).status, 200);
      const { webSocketUrl } = await resolveTarget(parseAttachAddress(shop.inspector));
      const client = await CdpClient.connect(webSocketUrl);
      try {
        const expression = 'process.pid';
        const { value } = await client.send('Runtime.evaluate', { expression });
        assert.equal(value, shop.process.pid);
      } finally {
        await client.close();
      }
    });

    describe('while another debugger comes and goes', () => {
      const driveWithDebugger = (log: string, which: string) => {
        const debug = `"${programPath('otherDebugger')}" ${shop.inspector} "${bench.path(log)}"`;
        return `${shop.drive(VISITS)} && "${process.execPath}" ${debug} ${which}`;
      };
      const findWithDebugger = (log: string, which: string) => {
        const drive = ['--drive', driveWithDebugger(log, which)];
        const plan = ['--warmup', '0', '--rounds', '2', '--settle', '0', '--format', 'json'];
        const keep = ['--keep-snapshots', bench.path(`${log} kept`)];
        const args = ['--attach', shop.inspector, '--root', shopFolder, ...drive, ...plan, ...keep];
        return bench.run(['find', ...args]);
      };

      it('starts again from a new baseline, and says so', async () => {
        const { code, stdout, stderr } = await findWithDebugger('once', '2');
        assert.equal(code, 1, stderr);
        const found = parseReport(stdout);
        assertShopLeak(found, VISITS);
        assert.equal(found.rounds, 2);
        assert.equal(found.heapBytes.length, 3);
        assert.equal(found.notices.length, 1);
        assert.match(found.notices[0], /Another debugger detached.*a new baseline was taken/);
        assert(stderr.includes(found.notices[0]));
        assert.equal((await readdir(bench.path('once kept'))).length, 3);
        assert.equal(await readFile(bench.path('once'), 'utf8'), '....');
      });

      it('gives up when that never ends', async () => {
        const { code, stdout, stderr } = await findWithDebugger('always', 'all');
        assert.equal(code, 3);
        assert.equal(stdout, '');
        assert.match(stderr, /Other debuggers kept detaching.*Close other debuggers and DevTools/);
        assert.deepEqual(await readdir(bench.path('always kept')), []);
      });
    });
  });

  it('finds nothing in the shop whose leak is fixed', async () => {
    const shop = await startShop({ release: 2 });
    try {
      const { code, stdout, stderr } = await find(shop, '--format', 'json');
      const report = parseReport(stdout);
      assert.equal(code, 0, stderr);
      assert.deepEqual([report.verdict, report.findings, report.notices], ['clean', [], []]);
      assert.equal(report.heapBytes.length, 4);
    } finally {
      await shop.stop();
    }
  });

  describe('on a program that leaks as time goes by', () => {
    const line = /\btickets\.cjs:\d+:\d+ .*\(added at\)|`.*tickets\.cjs:\d+:\d+` \(added at\)/;
    const plan = ['--wait', '0.8', '--rounds', '2', '--warmup', '0', '--settle', '0'];
    const root = ['--root', path.dirname(programPath('tickets'))];

    it('starts it, waits in place of driving it, and ends it', async () => {
      const command = ['--', 'node', programPath('tickets')];
      const { code, stdout, stderr } = await bench.run(['find', ...plan, ...root, ...command]);
      assert.equal(code, 1, stderr);
      assert.match(stdout, /Leakline: 1 leak found/);
      assert.match(stdout, line);
      assert.match(stdout, / > .*tickets\.push\(new Ticket/);
      const [, pid] = /^ready (\d+)$/m.exec(stderr) ?? [];
      assert.equal(isRunning(Number(pid)), false);
    });

    it('opens the inspector of one that runs, by its process id', async () => {
      const program = await Program.start('tickets', ['--inspect-port=127.0.0.1:0']);
      try {
        const target = ['--pid', String(program.pid), '--format', 'markdown'];
        const { code, stdout, stderr } = await bench.run(['find', ...target, ...plan, ...root]);
        assert.equal(code, 1, stderr);
        assert.match(stdout, /^## Leakline: 1 leak found\n/);
        assert.match(stdout, line);
        assert.equal(isRunning(program.pid), true);
      } finally {
        await program.end();
      }
    });

    it('finds the leak of a worker thread there, and nothing in the main thread', async () => {
      const program = await Program.inspected('workers', '--inspect', /running/);
      const find = (...more: string[]) =>
        bench.run(['find', '--attach', program.url, ...plan, ...root, ...more]);
      try {
        const worker = await find('--worker', 'tickets');
        assert.equal(worker.code, 1, worker.stderr);
        assert.match(worker.stdout, line);
        assert.doesNotMatch(worker.stderr, /This looks into the main thread/);
        const main = await find('--extra-rounds', '0');
        assert.equal(main.code, 0, main.stdout);
        assert.match(main.stderr, /has 2 worker threads, .*--worker NAME/);
      } finally {
        await program.end();
      }
    });

    it('waits for the worker thread of a program that it starts', async () => {
      const command = ['--worker', 'tickets', '--', 'node', programPath('workers')];
      const { code, stdout, stderr } = await bench.run(['find', ...plan, ...root, ...command]);
      assert.equal(code, 1, stderr);
      assert.match(stdout, line);
    });
  });
});
