import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeReport } from '../../../src/cli/writeReport';

describe('writeReport', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leakline-report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('replaces a file, and leaves nothing else', async () => {
    await writeFile(at('report'), 'an older and longer report');
    await writeReport(at('report'), 'new');
    assert.equal(await readFile(at('report'), 'utf8'), 'new');
    assert.deepEqual(await readdir(folder), ['report']);
  });

  it('writes through a link', async () => {
    await writeFile(at('report'), 'old');
    await symlink(at('report'), at('link'));
    await writeReport(at('link'), 'new');
    assert((await lstat(at('link'))).isSymbolicLink());
    assert.equal(await readFile(at('report'), 'utf8'), 'new');
  });

  it('writes into a pipe or device and does not replace it', async function () {
    if (process.platform === 'win32') this.skip();
    await promisify(execFile)('mkfifo', [at('pipe')]);
    const read = readFile(at('pipe'), 'utf8');
    await writeReport(at('pipe'), 'through the pipe');
    assert.equal(await read, 'through the pipe');
    assert((await lstat(at('pipe'))).isFIFO());
  });
});
