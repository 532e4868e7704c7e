import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SnapshotStore } from '../../../src/investigation/snapshotStore';

describe('SnapshotStore', () => {
  let parent: string;
  let store: SnapshotStore;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'leakline-store-'));
    store = new SnapshotStore(path.join(parent, 'deep', 'store'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  /** Stores a snapshot of `bytes` bytes that was taken `age` seconds ago. */
  async function add(label: string, age = 0, bytes = 3): Promise<string> {
    const file = await store.newPath(label);
    await writeFile(file, 'x'.repeat(bytes));
    const takenAt = Math.floor(Date.now() / 1000) - age;
    await utimes(file, takenAt, takenAt);
    return file;
  }

  it('makes its folder on first use, for its owner only', async () => {
    assert.deepEqual(await readdir(parent), []);
    await store.newPath('baseline');
    assert.deepEqual(await readdir(store.folder), []);
    if (process.platform !== 'win32') {
      assert.equal((await stat(store.folder)).mode & 0o777, 0o700);
    }
  });

  it('removes those that are older than some days, and no others', async () => {
    const day = 24 * 60 * 60;
    await add('old', 8 * day);
    const fresh = await add('fresh', 6 * day);
    assert.equal(await store.removeOlderThan(7), 1);
    assert.deepEqual(
      (await store.list()).map(({ path: file }) => file),
      [fresh],
    );
    assert.equal(await store.removeOlderThan(7), 0);
  });

  it('gives a snapshot another label, and keeps its time', async () => {
    const file = await add('round 1');
    const [stored] = await store.list();
    assert.equal(stored.label, 'round 1');
    const renamed = await store.rename(stored, '../after one visit');
    assert.equal(path.dirname(renamed), store.folder);
    const [{ label, name, takenAt }] = await store.list();
    assert.equal(label, '.._after one visit');
    assert.equal(name.slice(0, 23), path.basename(file).slice(0, 23));
    assert.equal(takenAt, stored.takenAt);
  });

  it('does not rename a snapshot over another', async () => {
    await add('a');
    const [stored] = await store.list();
    const taken = stored.path.replace(' a.', ' b.');
    await writeFile(taken, 'other');
    await assert.rejects(store.rename(stored, 'b'), { code: 'storage' });
    assert.equal((await stat(taken)).size, 5);
    assert.equal((await store.list()).length, 2);
  });

  it('leaves a folder that is there as it is', async () => {
    await mkdir(store.folder, { recursive: true });
    const { mode } = await stat(store.folder);
    await store.newPath('baseline');
    assert.equal((await stat(store.folder)).mode, mode);
  });

  it('names snapshots by time and label, with nothing in them that a file system minds', async () => {
    const file = await store.newPath('round 1: "a/b\\c" <é>');
    assert.equal(path.dirname(file), store.folder);
    assert.match(
      path.basename(file),
      /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3} round 1_ _a_b_c_ _é_\.heapsnapshot$/,
    );
    assert.equal(path.dirname(await store.newPath('../../../etc/passwd')), store.folder);
  });

  it('gives names that sort by age', async () => {
    const earlier = await store.newPath('z');
    const start = Date.now();
    while (Date.now() === start);
    assert((await store.newPath('a')) > earlier);
  });

  it('lists snapshots, oldest first, with their names and sizes', async () => {
    const young = await add('young', 10, 7);
    const old = await add('old', 20, 5);
    const list = await store.list();
    assert.deepEqual(
      list.map((entry) => [entry.path, entry.bytes]),
      [
        [old, 5],
        [young, 7],
      ],
    );
    assert.equal(list[0].name, path.basename(old, '.heapsnapshot'));
    assert.equal(list[0].takenAt, (await stat(old)).mtimeMs);
  });

  it('lists nothing else: no half files, no folders, no other files', async () => {
    const file = await add('whole');
    await writeFile(`${file}.part`, '');
    await writeFile(path.join(store.folder, 'notes.txt'), '');
    await mkdir(path.join(store.folder, 'folder.heapsnapshot'));
    assert.deepEqual(
      (await store.list()).map((entry) => entry.path),
      [file],
    );
  });

  it('is empty before its folder is there', async () => {
    assert.deepEqual(await store.list(), []);
  });

  it('removes what it is asked to, also what is gone already, and tells listeners', async () => {
    const [kept, removed] = [await add('kept'), await add('removed')];
    let changes = 0;
    store.onDidChange(() => changes++);
    await store.remove([removed, removed, path.join(store.folder, 'gone.heapsnapshot')]);
    assert.deepEqual(await readdir(store.folder), [path.basename(kept)]);
    assert.equal(changes, 1);
    store.notifyChanged();
    assert.equal(changes, 2);
  });

  it('says that it cannot make its folder', async () => {
    await writeFile(path.join(parent, 'deep'), '');
    await assert.rejects(store.newPath('baseline'), {
      name: 'LeaklineError',
      code: 'storage',
      message: /Cannot make the snapshot folder .*store: /,
    });
  });
});
