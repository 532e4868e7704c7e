import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { memoryLeftInGroup } from '../../../src/analysis/cgroupMemory';
import { requireMemory } from '../../../src/analysis/memoryNeed';
import { inTemporaryFolder } from '../../support/temporaryFolder';

const counts = { nodeCount: 1e6, edgeCount: 4e6 };

describe('requireMemory', () => {
  it('says how much a snapshot needs and how much there is', () => {
    assert.doesNotThrow(() => requireMemory({ nodeCount: 1000, edgeCount: 4000 }, 1e6, 1e6));
    assert.throws(() => requireMemory(counts, 1e8, 1e6), {
      code: 'outOfMemory',
      message: /needs about 1\d\d MB of memory, but 1\.0 MB are available/,
    });
  });

  it('leaves counts that the file cannot hold to who reads it', () => {
    assert.doesNotThrow(() => requireMemory(counts, 1e6, 1e6));
  });
});

describe('memoryLeftInGroup', () => {
  /** What is left according to these files, by their names from the root of the system. */
  const leftWith = (files: Record<string, string | number>) =>
    inTemporaryFolder(async (root) => {
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(root, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, `${content}\n`);
      }
      return memoryLeftInGroup(root);
    });

  it('takes what the group has taken from its limit, without files that are cached', async () => {
    const folder = 'sys/fs/cgroup/app.slice/web.service';
    const files = {
      'proc/self/cgroup': '0::/app.slice/web.service',
      [`${folder}/memory.max`]: 300e6,
      [`${folder}/memory.current`]: 280e6,
      [`${folder}/memory.stat`]: 'anon 30000000\nfile 250000000\ninactive_file 240000000',
    };
    assert.equal(await leftWith(files), 260e6);
    assert.equal(await leftWith({ ...files, [`${folder}/memory.max`]: 'max' }), Infinity);
    assert.equal(await leftWith({ ...files, [`${folder}/memory.max`]: 20e6 }), 0);
  });

  it('keeps to the limits of the groups above', async () => {
    const left = await leftWith({
      'proc/self/cgroup': '0::/app.slice/web.service',
      'sys/fs/cgroup/app.slice/web.service/memory.max': 500e6,
      'sys/fs/cgroup/app.slice/web.service/memory.current': 100e6,
      'sys/fs/cgroup/app.slice/memory.max': 400e6,
      'sys/fs/cgroup/app.slice/memory.current': 350e6,
    });
    assert.equal(left, 50e6);
  });

  it('finds the group of a container under the name that it has outside', async () => {
    const left = await leftWith({
      'proc/self/cgroup': '5:cpu,cpuacct:/docker/1f\n4:memory:/docker/1f\n0::/',
      'sys/fs/cgroup/memory/memory.limit_in_bytes': 300e6,
      'sys/fs/cgroup/memory/memory.usage_in_bytes': 200e6,
      'sys/fs/cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 50000000',
    });
    assert.equal(left, 150e6);
  });

  it('has all the memory where there is no limit', async () => {
    assert.equal(await leftWith({}), Infinity);
    assert.equal(await leftWith({ 'proc/self/cgroup': '0::/' }), Infinity);
    assert.equal(await leftWith({ 'proc/self/cgroup': '3:memory:/../..' }), Infinity);
  });
});
