import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  isInside,
  isNodeInternal,
  packageOf,
  relativeToRoot,
} from '../../../src/source/pathMapping';

const root = path.resolve('/shop');
const inRoot = (...names: string[]) => path.join(root, ...names);

describe('isNodeInternal', () => {
  it("tells Node's own code from the program's", () => {
    for (const url of ['', 'node:fs', 'internal/main', 'node:internal/timers']) {
      assert(isNodeInternal(url), url);
    }
    for (const url of ['/internal/a.js', 'file:///node/a.js', 'nodes.js']) {
      assert(!isNodeInternal(url), url);
    }
  });
});

describe('packageOf', () => {
  it('names the innermost package, with its scope', () => {
    assert.equal(packageOf('file:///app/node_modules/a/node_modules/lodash/fp/map.js'), 'lodash');
    assert.equal(packageOf('C:\\app\\node_modules\\@scope\\name\\index.js'), '@scope/name');
    assert.equal(packageOf('node_modules/pg/lib/pool.js'), 'pg');
  });

  it('knows none for the own code of a project', () => {
    assert.equal(packageOf('/app/src/node_modules.ts'), undefined);
    assert.equal(packageOf('src/my_node_modules/pool.js'), undefined);
  });
});

describe('relativeToRoot', () => {
  it('shortens what lies in the root, and nothing else', () => {
    assert.equal(relativeToRoot(root, inRoot('src', 'a.ts')), 'src/a.ts');
    assert.equal(relativeToRoot(root, inRoot('..name', 'a.ts')), '..name/a.ts');
    for (const outside of [path.resolve('/shopping/a.ts'), path.resolve('/a.ts'), root]) {
      assert.equal(relativeToRoot(root, outside), outside.split(path.sep).join('/'));
    }
  });
});

describe('isInside', () => {
  let folder: string;

  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'leakline-inside-')));
    await mkdir(path.join(folder, 'root', '..dots'), { recursive: true });
    await mkdir(path.join(folder, 'rooted'));
    for (const file of ['root/a', 'root/..dots/a', 'rooted/a', 'outside']) {
      await writeFile(path.join(folder, file), '');
    }
    await symlink(path.join(folder, 'outside'), path.join(folder, 'root', 'link'));
    await symlink(path.join(folder, 'rooted'), path.join(folder, 'root', 'linked'));
    await symlink(path.join(folder, 'root'), path.join(folder, 'alias'));
  });
  after(() => rm(folder, { recursive: true }));

  const inside = (file: string, top = 'root') =>
    isInside(path.join(folder, top), path.join(folder, file));

  it('accepts files below the folder, by any name of either', () => {
    assert(inside('root/a'));
    assert(inside('root/..dots/a'));
    assert(inside('alias/a'));
    assert(inside('root/a', 'alias'));
  });

  it('refuses files beside it', () => {
    assert(!inside('outside'));
    assert(!inside('rooted/a'));
    assert(!inside('root/../outside'));
    assert(!inside('root'));
  });

  it('refuses links that lead out of it', () => {
    assert(!inside('root/link'));
    assert(!inside('root/linked/a'));
  });

  it('refuses what does not exist', () => {
    assert(!inside('root/missing'));
    assert(!inside('root/a', 'missing'));
  });
});
