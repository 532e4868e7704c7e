import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SampleReport } from '../../src/care/sampleReport';
import type { TriageReport } from '../../src/care/triage';
import { runDrive } from '../../src/investigation/driveCommand';
import { projectRoot } from '../support/projectRoot';
import { buildShop, shopFolder, startShop, type RunningShop } from '../support/shop';
import { processesWith } from '../support/tunnel/processes';
import { startSshServer, type SshServer } from '../support/tunnel/sshServer';
import { Workbench, type CliEnd } from './cli/cli';
import { leak, parseReport } from './cli/shopLeak';

const MEMORY_LIMIT_MB = 128;
const FORWARD = /Running ssh .*-L (127\.0\.0\.1:\d+:127\.0\.0\.1:\d+) /;

/** Shoppers come all the time; each answer that is not a success is a failure. */
class Traffic {
  runs = 0;
  readonly failures: unknown[] = [];
  private readonly over = new AbortController();
  private readonly shopping: Promise<void>;

  constructor(private readonly drive: string) {
    this.shopping = this.shop();
  }

  async stop(): Promise<void> {
    this.over.abort();
    await this.shopping;
  }

  private async shop(): Promise<void> {
    // The last run comes to its end: a request that was broken off would count for nothing.
    const { signal } = new AbortController();
    while (!this.over.signal.aborted) {
      await runDrive(this.drive, { signal, onLine: () => {} }).then(
        () => this.runs++,
        (error: unknown) => this.failures.push(error),
      );
    }
  }
}

/** The commands of the runbook that start with `leakline NAME`, as words. */
async function commandsOf(name: string): Promise<string[][]> {
  const page = await readFile(path.join(projectRoot, 'docs', 'staging-runbook.md'), 'utf8');
  const commands = [...page.matchAll(/^leakline (.*)$/gm)].map(([, words]) => words.split(' '));
  return commands.filter(([command]) => command === name);
}

describe('the staging runbook, from alert to line', function () {
  this.timeout(400_000);
  let bench: Workbench;
  let server: SshServer;
  let shop: RunningShop;
  let traffic: Traffic;

  before(async () => {
    bench = await Workbench.open();
    await buildShop();
    await mkdir(bench.path('staging'));
    server = await startSshServer(bench.path('staging'));
    shop = await startShop({ inspectorOff: true, memoryLimitMB: MEMORY_LIMIT_MB });
    traffic = new Traffic(shop.drive(100));
  });
  after(async () => {
    await traffic.stop();
    await shop.stop();
    await server.stop();
    await bench.close();
  });

  /**
   * Runs a command of the page, with this machine's names for what it calls staging and 4711, and
   * shorter waits between snapshots. Trends get the page's own time: in less, growth cannot be told.
   */
  async function run([name, ...words]: readonly string[], ...more: string[]): Promise<CliEnd> {
    const here: Readonly<Record<string, string>> = {
      'me@staging': 'staging',
      '4711': String(shop.process.pid),
      'leak.md': bench.path('leak.md'),
      '20': '7',
    };
    const args = words.map((word) => here[word] ?? word);
    const port = ['--inspect-port', shop.inspector.split(':')[1] ?? ''];
    const PATH = `${server.toolFolder}${path.delimiter}${process.env['PATH']}`;
    const end = await bench.run([name, ...args, ...port, ...more], { env: { PATH } });
    const [, forward = 'none'] = FORWARD.exec(end.stderr) ?? [];
    assert.notEqual(forward, 'none', end.stderr);
    assert.deepEqual(processesWith(`-L ${forward}`), [], 'the tunnel has ended');
    return end;
  }

  it('says that the heap grows, after it has opened the inspector', async () => {
    const [command] = await commandsOf('triage');
    const { stdout, stderr } = await run(command, '--format', 'json', '--collect');
    assert.match(stderr, /^Running ssh .* -- staging kill -USR1 \d+$/m);
    const report = JSON.parse(stdout) as TriageReport;
    assert.equal(report.verdict, 'heap', stdout);
  });

  it('names the line by sampling, without a snapshot', async () => {
    const [command] = await commandsOf('sample');
    const { stdout } = await run(command, '--format', 'json', '--root', shopFolder);
    const [first] = (JSON.parse(stdout) as SampleReport).sites;
    assert.equal(first?.site?.file, leak.file, stdout);
    assert.equal(first.site.line, leak.line);
  });

  it('names the line and what holds it by snapshots, and says what they have cost', async () => {
    const [command] = await commandsOf('find');
    const { stdout, stderr } = await run(command, '--format', 'json', '--root', shopFolder);
    assert.match(stderr, /^A heap snapshot will hold the program up for/m);
    assert.match(stderr, /^baseline: The program stood still for .* \(estimated: /m);
    // How sure it is depends on how evenly the shoppers come, which is up to the machine.
    const { verdict, findings } = parseReport(stdout);
    assert.notEqual(verdict, 'clean', stdout);
    const [finding] = findings;
    assert.equal(finding?.className, 'PriceQuote', stdout);
    assert.equal(finding.sites[0].file, leak.file);
    assert.equal(finding.sites[0].line, leak.line);
  });

  it('writes a report to hand on', async () => {
    const command = (await commandsOf('find')).find((words) => words.includes('leak.md'));
    assert(command);
    await run(command, '--root', shopFolder);
    const report = await readFile(bench.path('leak.md'), 'utf8');
    assert(report.includes(`${leak.file}:${leak.line}`), report);
  });

  it('leaves the shop alive, and no request has failed', async () => {
    await traffic.stop();
    assert(traffic.runs > 0);
    assert.deepEqual(traffic.failures, []);
    assert.equal(shop.process.exitCode, null);
    assert.equal((await fetch(shop.url)).status, 200);
  });
});
