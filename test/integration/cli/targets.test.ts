import assert from 'node:assert/strict';
import { Program } from '../inspector/program';
import { Workbench } from './cli';

interface Listed {
  readonly pid: number;
  readonly parent: number | null;
  readonly commandLine: string[];
  readonly residentBytes: number;
  readonly inspector: string | null;
  readonly opensOnSignal: boolean;
  readonly workers: { readonly threadId: number; readonly name: string }[] | null;
}

(process.platform === 'linux' ? describe : describe.skip)('leakline targets', function () {
  this.timeout(120_000);
  const programs: Program[] = [];
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open();
    programs.push(
      await Program.inspected('workers', '--inspect', /running/),
      await Program.start('cluster', [], /ready[^]*ready/, ['0']),
      await Program.start('dropsSignalHandler'),
    );
  });

  after(async () => {
    await Promise.all(programs.map((program) => program.end()));
    await workbench.close();
  });

  it('tells of each process who started it, where its inspector is, and its worker threads', async () => {
    const [inspected, cluster, deaf] = programs;
    const { code, stdout, stderr } = await workbench.run(['targets', '--format', 'json']);
    assert.equal(code, 0, stderr);
    const { processes } = JSON.parse(stdout) as { processes: Listed[] };
    const find = (pid: number) => processes.find((process) => process.pid === pid)!;

    const open = find(inspected.pid);
    assert.equal(open.inspector, `127.0.0.1:${inspected.port}`);
    assert.match(open.commandLine.at(-1)!, /workers\.cjs$/);
    assert.ok(open.residentBytes > 1e6);
    assert.deepEqual(
      open.workers?.map(({ threadId }) => threadId),
      [1, 2],
    );

    const closed = find(cluster.pid);
    assert.deepEqual([closed.inspector, closed.workers], [null, null]);
    assert.equal(closed.opensOnSignal, true);
    assert.equal(processes.filter(({ parent }) => parent === cluster.pid).length, 2);

    assert.equal(find(deaf.pid).opensOnSignal, false);
  });

  it('says the same to people, and opens no inspector', async () => {
    const [inspected, cluster] = programs;
    const { stdout } = await workbench.run(['targets']);
    assert.match(stdout, new RegExp(`${inspected.pid} .*127.0.0.1:${inspected.port} .*workers`));
    assert.match(stdout, new RegExp(`${cluster.pid} .* off {2}`));
    assert.doesNotMatch(cluster.output, /Debugger listening/);
  });
});
