import assert from 'node:assert/strict';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as path from 'node:path';
import { LeaklineError } from '../../../../src/base/errors';
import { KnownFindingsFile } from '../../../../src/extension/results/knownFindingsFile';
import { inTemporaryFolder } from '../../../support/temporaryFolder';

const NAME = '.leakline.json';
const entry = { fingerprint: '1:a', reason: 'one per product' };

function inFolder(use: (folder: string) => void): Promise<void> {
  return inTemporaryFolder((folder) => Promise.resolve(use(folder)));
}

describe('KnownFindingsFile', () => {
  it('reads what it wrote, and leaves nothing else in the folder', async () => {
    await inFolder((folder) => {
      const file = new KnownFindingsFile(folder);
      assert.deepEqual(file.read(), []);
      file.remove('1:a');
      assert.deepEqual(readdirSync(folder), []);
      file.add(entry);
      assert.deepEqual(file.read(), [entry]);
      file.remove('1:a');
      assert.deepEqual(file.read(), []);
      assert.deepEqual(readdirSync(folder), [NAME]);
    });
  });

  it('leaves a broken file as it is', async () => {
    await inFolder((folder) => {
      writeFileSync(path.join(folder, NAME), '{ "version": 1 ');
      const isBroken = { code: 'brokenFile' };
      assert.throws(() => new KnownFindingsFile(folder).add(entry), isBroken);
      assert.equal(readFileSync(path.join(folder, NAME), 'utf8'), '{ "version": 1 ');
    });
  });

  it('writes through a link', async () => {
    await inFolder((folder) => {
      const shared = path.join(folder, 'shared.json');
      writeFileSync(shared, '{ "version": 1 }');
      symlinkSync(shared, path.join(folder, NAME));
      new KnownFindingsFile(folder).add(entry);
      assert.equal(realpathSync(path.join(folder, NAME)), realpathSync(shared));
      assert.match(readFileSync(shared, 'utf8'), /one per product/);
    });
  });

  it('says what cannot be read or written', async () => {
    await inFolder((folder) => {
      mkdirSync(path.join(folder, NAME));
      const isFailure = (error: unknown) =>
        error instanceof LeaklineError && error.code === 'storage' && error.message.includes(NAME);
      assert.throws(() => new KnownFindingsFile(folder).read(), isFailure);
      assert.throws(() => new KnownFindingsFile(path.join(folder, 'none')).add(entry), isFailure);
    });
  });
});
