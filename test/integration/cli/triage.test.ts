import assert from 'node:assert/strict';
import type { TriageReport } from '../../../src/care/triage';
import { programPath } from '../inspector/program';
import { Workbench } from './cli';

const tellsExternal = Number(process.versions.node.split('.')[0]) >= 24;

describe('leakline triage', function () {
  this.timeout(60_000);
  let bench: Workbench;

  before(async () => {
    bench = await Workbench.open();
  });
  after(() => bench.close());

  async function triage(kind: string) {
    const watch = ['--seconds', '4', '--interval', '0.2', '--collect', '--format', 'json'];
    const program = ['--', process.execPath, programPath('grows'), kind];
    const { code, stdout, stderr } = await bench.run(['triage', ...watch, ...program]);
    assert.match(stderr, /^Cost of each reading/m);
    return { code, report: JSON.parse(stdout) as TriageReport };
  }

  it('says that the heap grows', async () => {
    const { code, report } = await triage('heap');
    assert.equal(code, 1);
    assert.equal(report.verdict, 'heap', JSON.stringify(report));
  });

  it('says that buffers grow, or memory outside where nobody tells', async () => {
    const { code, report } = await triage('buffers');
    assert.equal(code, 1);
    assert.equal(report.verdict, tellsExternal ? 'external' : 'outside', JSON.stringify(report));
  });

  it('says that memory grows that is not of this heap', async () => {
    const { code, report } = await triage('worker');
    assert.equal(code, 1);
    assert.equal(report.verdict, tellsExternal ? 'native' : 'outside', JSON.stringify(report));
  });

  it('does not take garbage for growth', async () => {
    const { report } = await triage('garbage');
    assert.notEqual(report.verdict, 'heap', JSON.stringify(report));
    assert.equal(report.parts.find(({ part }) => part === 'heap')?.trend, 'steady');
  });

  it('prints a table and what to do next', async () => {
    const target = ['--', process.execPath, programPath('grows'), 'garbage'];
    const end = await bench.run(['triage', '--seconds', '1', '--interval', '0.1', ...target]);
    assert.match(end.stderr, /Cost of reading counters: none/);
    assert.match(end.stdout, /^Leakline: .*\n\n +First +Last +A minute +Memory\n/);
    assert.match(end.stdout, /\nNot read: Heap spaces: .*\n/);
    assert.match(end.stdout, /\nNext: .*\n$/);
  });
});
