import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Program, programPath } from '../inspector/program';
import { Workbench } from './cli';

describe('leakline find, whose target goes away', function () {
  this.timeout(120_000);

  let bench: Workbench;

  beforeEach(async () => {
    bench = await Workbench.open();
  });
  afterEach(() => bench.close());

  const plan = ['--settle', '0', '--warmup', '0', '--extra-rounds', '0'];

  it('keeps what it captured, and nothing else, and says where', async () => {
    const command = ['--', process.execPath, programPath('tickets')];
    const cli = bench.start(['find', ...plan, '--wait', '0.5', ...command]);
    const [, pid] = await cli.reports(/^ready (\d+)$/m);
    await cli.reports(/round 2 of 3/);
    process.kill(Number(pid), 'SIGKILL');
    const { code, stderr } = await cli.ended;
    assert.equal(code, 3);
    const [, folder] = /2 snapshots .* are kept in (\S+): delete them/.exec(stderr)!;
    const [, first, second] = /leakline diff "([^"]+)" "([^"]+)"/.exec(stderr)!;
    const left = (await readdir(folder)).filter((name) => name.endsWith('.heapsnapshot'));
    assert.deepEqual(left.sort(), [path.basename(first), path.basename(second)]);
    const diff = await bench.run(['diff', first, second, '--root', path.dirname(programPath('x'))]);
    assert.match(diff.stdout, /tickets\.cjs:13/, diff.stderr);
  });

  it('goes on with what was started at the same address in its place', async () => {
    let program = await Program.inspected('tickets');
    const { port } = program;
    try {
      const cli = bench.start(['find', ...plan, '--wait', '0.5', '--attach', `127.0.0.1:${port}`]);
      await cli.reports(/round 2 of 3/);
      await program.end();
      program = await Program.start('tickets', [`--inspect=127.0.0.1:${port}`]);
      const { code, stderr, stdout } = await cli.ended;
      assert.equal(code, 1, stderr);
      assert.match(stdout, /^Note: The target was restarted/m);
      assert.match(stderr, /The target was restarted in the middle of the run \(process \d+/);
    } finally {
      await program.end();
    }
  });

  it('removes what an earlier run left that was killed, but not what it kept', async () => {
    const folders = ['leakline-killed', 'leakline-looked', 'leakline-recent', 'leakline-somebodys'];
    const [killed, kept, recent, other] = folders.map((name) => bench.path('tmp', name));
    const yesterday = Date.now() / 1000 - 25 * 60 * 60;
    for (const folder of [killed, kept, recent, other]) {
      await mkdir(folder);
      await writeFile(path.join(folder, 'baseline.heapsnapshot'), '');
    }
    await writeFile(path.join(kept, 'kept'), '');
    for (const folder of [killed, kept, other]) await utimes(folder, yesterday, yesterday);
    await bench.run(['find', '--attach', '1']);
    assert.deepEqual([killed, kept, recent, other].map(existsSync), [false, true, true, true]);
  });
});
