import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { programPath } from '../inspector/program';
import { Workbench } from './cli';

const SECRET = 'hunter2correcthorse';
const FORMATS = ['text', 'json', 'markdown', 'sarif', 'github', 'gitlab', 'junit'];

describe('secrets of the program', function () {
  this.timeout(120_000);
  let bench: Workbench;
  let snapshots: string[];

  before(async () => {
    bench = await Workbench.open();
  });
  after(() => bench.close());

  const find = (...more: string[]) => {
    const plan = ['--wait', '1', '--rounds', '2', '--extra-rounds', '0', '--settle', '0'];
    const program = ['--', process.execPath, programPath('keepsSecrets')];
    const keep = ['--keep-snapshots', bench.path('kept')];
    return bench.run(['find', ...plan, ...keep, ...more, ...program], { env: { SECRET } });
  };
  const diff = (...more: string[]) => bench.run(['diff', ...snapshots, ...more]);

  it('are not in a report, unless they are asked for', async () => {
    const { stdout, stderr } = await find('--format', 'json');
    const { findings } = JSON.parse(stdout) as LeakReport;
    const shapes = new Set(findings.map(({ shape }) => shape));
    for (const shape of ['map', 'object', 'listener'] as const) assert(shapes.has(shape), stdout);
    assert.equal((stdout + stderr).includes(SECRET), false, stdout);

    const asked = await find('--format', 'json', '--values');
    assert(asked.stdout.includes(SECRET), 'the test would notice one');
  });

  it('are in no format of a report on snapshots, and in no file that is left', async () => {
    const kept = bench.path('kept');
    snapshots = (await readdir(kept))
      .sort()
      .map((name) => path.join(kept, name))
      .slice(0, 3);
    for (const format of FORMATS) {
      const output = bench.path(`report.${format}`);
      const { stderr } = await diff('--format', format, '--output', output);
      const text = await readFile(output, 'utf8');
      assert(text.includes('sessions'), `${format}: ${text}${stderr}`);
      assert.equal(text.includes(SECRET), false, `${format}: ${text}`);
    }
    assert((await diff('--values')).stdout.includes(SECRET));
    assert.deepEqual(await bench.leftovers(), []);
  });

  it('are in no redacted snapshot, which shows the same lines', async () => {
    const redacted: string[] = [];
    for (const [index, file] of snapshots.entries()) {
      const output = bench.path(`redacted${index}.heapsnapshot`);
      const { code, stderr } = await bench.run(['redact', file, output]);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /Redacted snapshot written to/);
      assert.equal((await readFile(output, 'utf8')).includes(SECRET), false);
      assert.equal((await stat(output)).mode & 0o077, 0);
      redacted.push(output);
    }
    const linesOf = (text: string) =>
      (JSON.parse(text) as LeakReport).findings.map(({ className, shape, sites }) => [
        ...[className, shape],
        ...sites.map(({ file, line, role }) => `${file}:${line} ${role}`),
      ]);
    const whole = await diff('--format', 'json');
    const shared = await bench.run(['diff', ...redacted, '--format', 'json']);
    assert(linesOf(whole.stdout).length > 0, whole.stderr);
    assert.deepEqual(linesOf(shared.stdout), linesOf(whole.stdout));
  });

  it('are not redacted into a file that is there already', async () => {
    const { code, stderr } = await bench.run(['redact', snapshots[0], snapshots[1]]);
    assert.equal(code, 2);
    assert.match(stderr, /There is a file .* already/);
    assert((await readFile(snapshots[1], 'utf8')).includes(SECRET));
  });

  it('are left where a file is no snapshot, and nothing half-written', async () => {
    const output = bench.path('none.heapsnapshot');
    const { code, stderr } = await bench.run(['redact', __filename, output]);
    assert.equal(code, 3);
    assert.match(stderr, /not a .*snapshot/i);
    assert.deepEqual(
      (await readdir(bench.folder)).filter((name) => name.startsWith('none')),
      [],
    );
  });

  it('stay between the person and the snapshots that are kept', async () => {
    for (const file of snapshots) assert.equal((await stat(file)).mode & 0o077, 0, file);
    assert((await readFile(snapshots[0], 'utf8')).includes(SECRET));
  });
});
