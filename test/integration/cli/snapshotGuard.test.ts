import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { Program } from '../inspector/program';
import { Workbench } from './cli';

/** Leads to this machine, but is none of the addresses that are known to. */
const ELSEWHERE = '[::ffff:127.0.0.1]';

describe('the guard before a snapshot', function () {
  this.timeout(60_000);
  let bench: Workbench;
  let program: Program;

  before(async () => {
    bench = await Workbench.open();
  });
  beforeEach(async () => {
    program = await Program.inspected('tickets');
  });
  afterEach(() => program.end());
  after(() => bench.close());

  it('says what a snapshot will cost before the first, and what it has cost after each', async () => {
    const end = await bench.run(
      ['find', '--attach', `127.0.0.1:${program.port}`, '--wait', '0.2', '--rounds', '1'].concat(
        '--extra-rounds',
        '0',
      ),
    );
    const [estimate, first] = [
      /^A heap snapshot will hold/m,
      /^baseline: The program stood still/m,
    ];
    assert.match(end.stderr, estimate);
    assert.doesNotMatch(end.stderr, /other machines can reach/);
    assert(end.stderr.search(estimate) < end.stderr.search(first), end.stderr);
    assert.match(end.stderr, /^round 1: The program stood still for .* \(estimated: /m);
  });

  it('takes none of a program elsewhere unless somebody agreed', async () => {
    const kept = bench.path('kept');
    const find = ['find', '--attach', `${ELSEWHERE}:${program.port}`, '--wait', '0.2'];
    const plan = ['--rounds', '1', '--extra-rounds', '0', '--keep-snapshots', kept];
    const refused = await bench.run([...find, ...plan]);
    assert.equal(refused.code, 3);
    assert.match(refused.stderr, /^Warning: other machines can reach this inspector/m);
    assert.match(refused.stderr, /No heap snapshot was taken\..*leakline sample/);
    assert.doesNotMatch(refused.stderr, /Exercising/);
    assert.deepEqual(await readdir(kept).catch(() => []), []);

    const agreed = await bench.run([...find, ...plan, '--yes']);
    assert.notEqual(agreed.code, 3, agreed.stderr);
    assert.equal((await readdir(kept)).length, 2);
  });
});
