import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { SampleReport } from '../../../src/care/sampleReport';
import { runDrive } from '../../../src/investigation/driveCommand';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { lineWith } from '../../support/shop';
import { Workbench } from './cli';
import { parseReport } from './shopLeak';

const ORDERS = `export interface Line { text: string }

export class Order {
  lines: Line[];
  constructor(readonly number: number) {
    this.lines = [{ text: 'order ' + number }];
  }
}

const orders = new Map<number, Order>();

export function work(): void {
  for (let i = 0; i < 200; i++) {
    orders.set(orders.size, new Order(orders.size));
  }
}
`;
const ORDERS_JS = ORDERS.replace(/export interface.*\n\n/, '')
  .replace('  lines: Line[];\n', '')
  .replace('readonly number: number', 'number')
  .replace('<number, Order>', '')
  .replace('(): void', '()')
  .replaceAll('export ', '')
  .concat('\nexports.work = work;\n');
const SERVER = `require('node:http')
  .createServer((request, response) => {
    work();
    response.end();
  })
  .listen(0, '127.0.0.1', function listening() {
    console.log(this.address().port);
  });
`;
const LEAK = 'orders.set(orders.size';

let bench: Workbench;
/** The checkout. */
const here = (...names: string[]) => bench.path('checkout', ...names);
/** Where the program was when it started. As in a container, nobody else sees it: it is gone then. */
const there = (...names: string[]) => bench.path('container', 'app', ...names);

const running = new Set<ChildProcess>();

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function deploy(): Promise<void> {
  const server = `const { work } = require('./src/orders.cjs');\n${SERVER}`;
  await write(there('server.cjs'), server);
  await write(there('src', 'orders.cjs'), ORDERS_JS);
}

/** Runs a file of the container, and takes the container's files away. */
async function start(main: string): Promise<{ inspector: string; drive: string }> {
  const child = spawn(process.execPath, ['--inspect=127.0.0.1:0', there(main)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const [[port], [inspector]] = await Promise.all([
    lineWith(child, 'stdout', /^\d+$/),
    lineWith(child, 'stderr', /127\.0\.0\.1:\d+/),
  ]);
  await rm(bench.path('container'), { recursive: true });
  const drive = `"${process.execPath}" -e "fetch('http://127.0.0.1:${port}/')"`;
  return { inspector, drive };
}

/** Runs a file of the container, and finds the leak. */
async function findLeak(main: string, ...more: string[]): Promise<LeakReport> {
  const { inspector, drive } = await start(main);
  const args = [
    'find',
    '--attach',
    inspector,
    '--drive',
    drive,
    '--settle',
    '0.1',
    '--rounds',
    '2',
  ];
  const end = await bench.run([...args, '--root', here(), '--format', 'json', ...more]);
  assert.equal(end.code, 1, end.stderr);
  return parseReport(end.stdout);
}

async function lineOf(file: string): Promise<number> {
  return (await readFile(file, 'utf8')).split('\n').findIndex((line) => line.includes(LEAK)) + 1;
}

/** The first site, as `file:line`. */
const firstPlace = ({ findings: [{ sites }] }: LeakReport) => `${sites[0].file}:${sites[0].line}`;

describe('A program whose files are elsewhere', function () {
  this.timeout(120_000);

  beforeEach(async () => {
    bench = await Workbench.open();
    await deploy();
    await cp(there(), here(), { recursive: true });
  });
  afterEach(async () => {
    for (const child of running) {
      const gone = child.exitCode === null && child.signalCode === null && once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    running.clear();
    await bench.close();
  });

  it('has its line in the checkout, by the end of the path', async () => {
    const report = await findLeak('server.cjs');
    const line = await lineOf(here('src', 'orders.cjs'));
    assert.equal(firstPlace(report), `src/orders.cjs:${line}`);
    assert.equal(report.findings[0].sites[0].unmapped, undefined);
    assert.deepEqual(report.notices, []);
  });

  it('has it in the one of several files that has the text', async () => {
    await write(here('old', 'app', 'src', 'orders.cjs'), `// An older copy.\n${ORDERS_JS}`);
    assert.match(firstPlace(await findLeak('server.cjs')), /^src\/orders.cjs:/);
  });

  it('is said to differ from the checkout where it does', async () => {
    await write(here('src', 'orders.cjs'), `// Not deployed yet.\n${ORDERS_JS}`);
    const report = await findLeak('server.cjs');
    const [{ file }] = report.findings[0].sites;
    assert.equal(file, 'src/orders.cjs');
    const differs =
      /^src\/orders.cjs here differs from what runs as .*container\/app\/src\/orders.cjs/;
    assert(
      report.notices.some((notice) => differs.test(notice)),
      report.notices.join('\n'),
    );
  });

  it('has it where --map says, and without it says what was tried and how to say it', async () => {
    await rm(here('src'), { recursive: true });
    await write(bench.path('elsewhere', 'orders.cjs'), ORDERS_JS);
    const lost = await findLeak('server.cjs');
    assert.match(lost.findings[0].sites[0].unmapped?.url ?? '', /container\/app\/src\/orders.cjs$/);
    const [tried, hint] = lost.notices.slice(-2);
    assert.match(
      tried,
      /^No file in .* is known to be .*orders.cjs\. As it is: .* the end of its path: /,
    );
    const folder = /--map (.*)=FOLDER/.exec(hint)?.[1];
    assert.equal(folder, there('src'));
    await deploy();
    const found = await findLeak('server.cjs', '--map', `${folder}=${bench.path('elsewhere')}`);
    const file = bench.path('elsewhere', 'orders.cjs');
    assert.equal(firstPlace(found), `${file}:${await lineOf(file)}`);
  });

  it('is sampled where --map says', async () => {
    await rm(here('src'), { recursive: true });
    const file = bench.path('elsewhere', 'orders.cjs');
    await write(file, ORDERS_JS);
    const { inspector, drive } = await start('server.cjs');
    const done = new AbortController();
    const { signal } = done;
    const traffic = (async () => {
      while (!signal.aborted) await runDrive(drive, { signal, onLine: () => {} }).catch(() => {});
    })();
    const target = ['--attach', inspector, '--seconds', '8', '--every', '1', '--root', here()];
    const map = ['--map', `${there('src')}=${bench.path('elsewhere')}`, '--format', 'json'];
    const { stdout } = await bench.run(['sample', ...target, ...map]);
    done.abort();
    await traffic;
    const [first] = (JSON.parse(stdout) as SampleReport).sites;
    assert.equal(`${first.site?.file}:${first.site?.line}`, `${file}:${await lineOf(file)}`);
  });

  it('is found through the webpack:// names of its bundle', async () => {
    await rm(here(), { recursive: true });
    await write(here('web', 'src', 'orders.ts'), ORDERS);
    await write(here('web', 'src', 'main.ts'), `import { work } from './orders';\n${SERVER}`);
    await build({
      entryPoints: [here('web', 'src', 'main.ts')],
      ...{ bundle: true, minify: true, platform: 'node', outfile: there('dist', 'main.js') },
      ...{ sourcemap: 'external', sourcesContent: false, logLevel: 'error' },
    });
    const map = JSON.parse(await readFile(there('dist', 'main.js.map'), 'utf8')) as {
      sources: string[];
    };
    // As webpack writes it, named after the package and below that one's folder.
    map.sources = map.sources.map((source) => `webpack://web/./src/${path.basename(source)}`);
    const inline = Buffer.from(JSON.stringify(map)).toString('base64');
    const code = await readFile(there('dist', 'main.js'), 'utf8');
    await write(
      there('dist', 'main.js'),
      `${code}//# sourceMappingURL=data:application/json;base64,${inline}\n`,
    );
    const report = await findLeak(path.join('dist', 'main.js'));
    assert.equal(
      firstPlace(report),
      `web/src/orders.ts:${await lineOf(here('web', 'src', 'orders.ts'))}`,
    );
  });
});
