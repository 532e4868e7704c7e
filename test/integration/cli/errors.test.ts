import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { isRunning, Program, programPath } from '../inspector/program';
import { Workbench, type CliEnd } from './cli';

let bench: Workbench;

/** Checks that a run failed with one message for people, and printed nothing else of note. */
function assertFailed({ code, stdout, stderr }: CliEnd, message: RegExp, expected = 3): void {
  assert.equal(code, expected, stderr);
  assert.equal(stdout, '');
  const at = stderr.indexOf('leakline: ');
  assert(at >= 0, stderr);
  assert.match(stderr.slice(at), message);
  assert.doesNotMatch(stderr, /^ {4}at /m, 'a stack is for bugs');
}

async function listen<S extends Server>(server: S): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('leakline, when things go wrong,', function () {
  this.timeout(60_000);

  before(async () => {
    bench = await Workbench.open();
  });
  after(() => bench.close());
  afterEach('leaves nothing in the folder for temporary files', async () => {
    assert.deepEqual(await bench.leftovers(), []);
  });

  describe('names what to do about a target', () => {
    it('on whose port nobody listens', async () => {
      const server = createServer();
      const port = await listen(server);
      server.close();
      await once(server, 'close');
      const end = await bench.run(['find', '--attach', `127.0.0.1:${port}`]);
      assertFailed(end, new RegExp(`127\\.0\\.0\\.1:${port}.*--inspect`));
    });

    it('that is a web server and no inspector', async () => {
      const server = createHttpServer((_, response) => response.end('<h1>Shop</h1>'));
      const port = await listen(server);
      try {
        const end = await bench.run(['find', '--attach', `127.0.0.1:${port}`]);
        assertFailed(end, /not (look like )?an? .*inspector/i);
      } finally {
        server.close();
      }
    });

    it('that does not exist', async () => {
      const end = await bench.run(['find', '--pid', String(2 ** 22 + 1)]);
      assertFailed(end, /There is no process 4194305\. List the running ones/);
    });

    it('that cannot be started', async () => {
      const end = await bench.run(['find', '--', 'node', programPath('failsAtOnce')]);
      assertFailed(
        end,
        /exit code 3[^]*cannot open the shop: no database[^]*Check that the command/,
      );
    });
  });

  describe('ends at once when the target is killed', () => {
    it('while its heap snapshot is built', async () => {
      const program = await Program.inspected('bigHeap');
      try {
        const keep = ['--keep-snapshots', bench.path('killed')];
        const plan = ['--warmup', '0', '--wait', '0'];
        const cli = bench.start(['find', '--attach', `${program.port}`, ...plan, ...keep]);
        await cli.reports(/baseline: Building the heap snapshot/);
        program.signal('SIGKILL');
        assertFailed(await cli.ended, /connection to the target was lost.*Start it again/);
        assert.deepEqual(await readdir(bench.path('killed')), []);
      } finally {
        await program.end();
      }
    });

    it('while it is driven, and ends the drive command', async () => {
      const program = await Program.inspected('boxes');
      const server = createServer();
      let connection: Socket | undefined;
      try {
        const hanging = `require('net').connect(${await listen(server)}, '127.0.0.1')`;
        const drive = ['--drive', `"${process.execPath}" -e "${hanging}" && exit 0`];
        const cli = bench.start(['find', '--attach', `${program.port}`, ...drive]);
        [connection] = (await once(server, 'connection')) as [Socket];
        connection.on('error', () => {}).resume();
        const gone = new Promise((resolve) => connection?.once('close', resolve));
        program.signal('SIGKILL');
        assertFailed(await cli.ended, /connection to the target was lost.*Start it again/);
        await gone;
      } finally {
        connection?.destroy();
        server.close();
        await program.end();
      }
    });

    it('by the drive command', async () => {
      const program = await Program.inspected('boxes');
      try {
        const drive = ['--drive', `kill -9 ${program.pid}`];
        const end = await bench.run(['find', '--attach', `${program.port}`, ...drive]);
        assertFailed(end, /connection to the target was lost.*Start it again/);
      } finally {
        await program.end();
      }
    });
  });

  describe('on a target that goes on running', () => {
    let program: Program;
    const find = (...args: string[]) => ['find', '--attach', `${program.port}`, ...args];
    const fast = ['--wait', '0', '--settle', '0', '--warmup', '0', '--rounds', '1'];

    before(async () => {
      program = await Program.inspected('boxes');
    });
    after(() => program.end());
    afterEach('leaves the target running', () => {
      assert(isRunning(program.pid));
    });

    it('hands on what a failing drive command said', async () => {
      const failing = `"${process.execPath}" -e "console.error('no such page'); process.exit(4)"`;
      const keep = ['--keep-snapshots', bench.path('undriven')];
      const end = await bench.run(find('--drive', failing, ...keep));
      assertFailed(end, /drive command ended with exit code 4\. Run it by hand[^]*no such page/);
      await assert.rejects(readdir(bench.path('undriven')), { code: 'ENOENT' });
    });

    it('removes the snapshots that it has when a later drive fails', async () => {
      const once = `mkdir "${bench.path('driven')}"`;
      const keep = ['--keep-snapshots', bench.path('abandoned')];
      const end = await bench.run(find('--drive', once, '--settle', '0', ...keep));
      assertFailed(end, /drive command ended with exit code 1\./);
      assert.match(end.stderr, /baseline: /);
      assert.deepEqual(await readdir(bench.path('abandoned')), []);
    });

    it('says that it cannot keep snapshots where there is a file', async () => {
      await writeFile(bench.path('file'), '');
      const end = await bench.run(find(...fast, '--keep-snapshots', bench.path('file', 'under')));
      assertFailed(end, /Cannot make the snapshot folder .*file.under.*Choose a folder/);
    });

    it('says that there is no room for temporary files', async () => {
      const end = await bench.run(find(...fast), { env: { TMPDIR: bench.path('no-such-folder') } });
      assertFailed(end, /Cannot make a folder for the snapshots.*--keep-snapshots/);
    });

    it('leaves no half snapshot on a disk that is full', async () => {
      const keep = ['--keep-snapshots', bench.path('full')];
      const end = await bench.run(find(...fast, ...keep), { shell: 'ulimit -f 500 && exec "$@"' });
      assertFailed(end, /heap snapshot could not be written.*EFBIG.*disk is not full/);
      assert.deepEqual(await readdir(bench.path('full')), []);
    });

    it('says that it cannot write the report', async () => {
      await mkdir(bench.path('reports'));
      const blocked = await bench.run(find(...fast, '--output', bench.path('reports')));
      assertFailed(blocked, /Cannot write the report to .*reports: EISDIR.*--output/);
    });

    it('does not take a full standard output for a leak', async function () {
      if (process.platform !== 'linux') this.skip();
      const full = await open('/dev/full', 'w');
      try {
        assertFailed(
          await bench.run(find(...fast), { stdout: full.fd }),
          /Cannot write to standard output: ENOSPC/,
        );
      } finally {
        await full.close();
      }
    });

    it('goes on when nobody reads its progress any more', async () => {
      const cli = bench.start(find(...fast, '--format', 'json'));
      await cli.reports(/Exercising/);
      cli.stopReading();
      const { code, stdout } = await cli.ended;
      assert.equal(code, 0);
      assert.match(stdout, /"schemaVersion": 1/);
    });

    it('does not report a leak when it crashes', async () => {
      const bomb = bench.path('bomb.cjs');
      await writeFile(bomb, 'setTimeout(() => { throw new TypeError("x is undefined") }, 300)');
      const end = await bench.run(find('--wait', '30'), { nodeOptions: ['--require', bomb] });
      assert.equal(end.code, 3);
      assert.match(end.stderr, /^leakline: TypeError: x is undefined\n {4}at /m);
    });

    describe('when it is interrupted', () => {
      it('ends while the program is exercised', async () => {
        const cli = bench.start(find('--wait', '600'));
        await cli.reports(/Exercising the program/);
        cli.interrupt();
        assertFailed(await cli.ended, /^leakline: Cancelled\.\n$/, 130);
      });

      it('ends while a snapshot is taken, and removes it', async () => {
        const big = await Program.inspected('bigHeap');
        try {
          const keep = ['--keep-snapshots', bench.path('interrupted')];
          const cli = bench.start(['find', '--attach', `${big.port}`, ...fast, ...keep]);
          await cli.reports(/baseline: Building the heap snapshot/);
          cli.interrupt();
          assertFailed(await cli.ended, /^leakline: Cancelled\.\n$/, 130);
          assert.deepEqual(await readdir(bench.path('interrupted')), []);
          assert(isRunning(big.pid));
        } finally {
          await big.end();
        }
      });

      it('ends while the snapshots are compared', async () => {
        const cli = bench.start(find(...fast));
        await cli.reports(/Snapshot 2 of 2/);
        cli.interrupt();
        assertFailed(await cli.ended, /^leakline: Cancelled\.\n$/, 130);
      });

      it('ends the program that it has started', async () => {
        const cli = bench.start(['find', '--wait', '600', '--', 'node', programPath('stubborn')]);
        const [, pid] = await cli.reports(/^ready (\d+)$/m);
        await cli.reports(/Exercising the program/);
        cli.interrupt();
        assert.equal((await cli.ended).code, 130);
        assert.equal(isRunning(Number(pid)), false);
      });
    });
  });

  describe('names the file that is no snapshot to compare:', () => {
    const snapshot = (name: string) => bench.path(`${name}.heapsnapshot`);
    const diff = (...names: string[]) => bench.run(['diff', ...names.map(snapshot)]);

    before(async () => {
      const writer = programPath('writesSnapshots');
      const write = promisify(execFile);
      await mkdir(bench.path('other'));
      await write(process.execPath, [writer, bench.folder, '2']);
      await write(process.execPath, ['--require', 'node:http', writer, bench.path('other'), '1']);
    });

    it('one that is cut off', async () => {
      const text = await readFile(snapshot('0'));
      await writeFile(snapshot('cut'), text.subarray(0, text.length / 2));
      assertFailed(await diff('cut', '1'), /cut\.heapsnapshot: .*cut off.*take or copy it again/);
    });

    it('one whose very end is missing', async () => {
      const text = await readFile(snapshot('1'));
      await writeFile(snapshot('short'), text);
      await truncate(snapshot('short'), text.length - 3);
      assertFailed(await diff('0', 'short'), /short\.heapsnapshot: .*cut off/);
    });

    it('one with something behind its end', async () => {
      await writeFile(snapshot('long'), await readFile(snapshot('1')));
      await appendFile(snapshot('long'), '{"snapshot":');
      assertFailed(await diff('0', 'long'), /long\.heapsnapshot: .*not a valid V8 heap snapshot/);
    });

    it('one that is no JSON', async () => {
      await writeFile(snapshot('picture'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]));
      const end = await diff('picture', '1');
      assertFailed(end, /picture\.heapsnapshot: .*not a valid V8 heap snapshot.*Choose a/);
    });

    it('one that is other JSON', async () => {
      await writeFile(snapshot('package'), '{"name": "shop", "version": "1.0.0"}');
      const end = await diff('package', '1');
      assertFailed(end, /package\.heapsnapshot: .*not a valid V8 heap snapshot.*Choose a/);
    });

    it('one that is empty', async () => {
      await writeFile(snapshot('empty'), '');
      assertFailed(await diff('empty', '1'), /empty\.heapsnapshot: .*take or copy it again/);
    });

    it('one that is a folder', async () => {
      await mkdir(snapshot('folder'));
      assertFailed(await diff('folder', '1'), /folder\.heapsnapshot: it is not a file.*Check/);
    });

    it('one that is not there', async () => {
      assertFailed(await diff('0', 'missing'), /missing\.heapsnapshot: ENOENT.*Check the path/);
    });

    it('one of another process', async () => {
      const end = await bench.run(['diff', snapshot('0'), bench.path('other', '0.heapsnapshot')]);
      assertFailed(end, /do not belong together.*in one inspector connection/);
    });

    it('only one', async () => {
      assertFailed(await diff('0'), /at least two snapshot files/, 2);
    });

    it('none of them', async () => {
      const { code, stdout, stderr } = await diff('0', '1');
      assert.equal(code, 0, stderr);
      assert.match(stdout, /inconclusive.*\n\n1\. Map `orders` keeps 100 more Order each round/);
    });
  });
});
