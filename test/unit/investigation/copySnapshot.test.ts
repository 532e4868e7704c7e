import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copySnapshot } from '../../../src/investigation/copySnapshot';
import { inTemporaryFolder } from '../../support/temporaryFolder';

describe('copySnapshot', () => {
  const never = new AbortController().signal;
  const text = 'x'.repeat(300_000);

  /** With a snapshot of 300 kB as `from`. */
  const withSnapshot = (use: (from: string, folder: string) => Promise<void>) =>
    inTemporaryFolder(async (folder) => {
      const from = path.join(folder, 'a.heapsnapshot');
      await writeFile(from, text);
      await use(from, folder);
    });

  it('copies, replacing what is there, and tells how far it is', () =>
    withSnapshot(async (from, folder) => {
      const to = path.join(folder, 'b.heapsnapshot');
      await writeFile(to, 'old');
      const fractions: (number | undefined)[] = [];
      const onProgress = ({ fraction }: { fraction?: number }) => fractions.push(fraction);
      await copySnapshot(from, to, { onProgress, signal: never });
      assert.equal(await readFile(to, 'utf8'), text);
      assert.ok(fractions.length > 1);
      assert.equal(fractions.at(-1), 1);
      assert.deepEqual(fractions, [...fractions].sort());
      assert.deepEqual((await readdir(folder)).sort(), ['a.heapsnapshot', 'b.heapsnapshot']);
    }));

  it('leaves what was there when it is cancelled in between', () =>
    withSnapshot(async (from, folder) => {
      const to = path.join(folder, 'b.heapsnapshot');
      await writeFile(to, 'old');
      const abort = new AbortController();
      const options = { onProgress: () => abort.abort(), signal: abort.signal };
      await assert.rejects(copySnapshot(from, to, options), { code: 'cancelled' });
      assert.equal(await readFile(to, 'utf8'), 'old');
      assert.equal((await readdir(folder)).length, 2);
    }));

  it('says where it cannot write', () =>
    withSnapshot(async (from, folder) => {
      const to = path.join(folder, 'no', 'such', 'folder');
      const options = { onProgress: () => {}, signal: never };
      await assert.rejects(copySnapshot(from, to, options), { code: 'storage' });
    }));
});
