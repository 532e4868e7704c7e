import assert from 'node:assert/strict';
import type { Place } from '../../../src/tunnel/place';
import { remoteMemoryLeft } from '../../../src/tunnel/remoteMemory';

/** `grep -sH . FILE...` of a machine that has the files of its first argument. */
const GREP = `
const [files, ...names] = process.argv.slice(1);
for (const name of names) {
  const text = JSON.parse(files)[name];
  if (text === undefined) process.exitCode = 2;
  else for (const line of text.split('\\n').filter(Boolean)) console.log(name + ':' + line);
}`;
const MEMINFO = 'MemTotal:  8000000 kB\nMemAvailable:  4000000 kB\n';

function machine(files: Readonly<Record<string, string>>) {
  const asked: string[][] = [];
  const place: Place = {
    title: 'staging',
    run(args) {
      asked.push([...args]);
      const node = ['-e', GREP, JSON.stringify(files), ...args.slice(3)];
      return { file: process.execPath, args: node };
    },
    listProcesses: () => assert.fail(),
  };
  return { asked, left: () => remoteMemoryLeft(place, 7, {}) };
}

describe('remoteMemoryLeft', () => {
  it('is what the container of the process has left, in control groups of version 2', async () => {
    const { left, asked } = machine({
      '/proc/7/cgroup': '0::/pods/api\n',
      '/proc/meminfo': MEMINFO,
      '/sys/fs/cgroup/pods/api/memory.max': '500000000\n',
      '/sys/fs/cgroup/pods/api/memory.current': '300000000\n',
      '/sys/fs/cgroup/pods/api/memory.stat': 'anon 1\ninactive_file 50000000\n',
    });
    assert.deepEqual(await left(), { bytes: 250_000_000, of: 'container' });
    assert.deepEqual(asked[0], ['grep', '-sH', '.', '/proc/7/cgroup', '/proc/meminfo']);
    assert.equal(asked.length, 2);
  });

  it('is what the container has left in version 1', async () => {
    const { left } = machine({
      '/proc/7/cgroup': '4:memory:/docker/ab12\n0::/\n',
      '/proc/meminfo': MEMINFO,
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '200000000\n',
      '/sys/fs/cgroup/memory/memory.usage_in_bytes': '150000000\n',
    });
    assert.deepEqual(await left(), { bytes: 50_000_000, of: 'container' });
  });

  it('is what the machine has left where there is no limit', async () => {
    const { left } = machine({
      '/proc/7/cgroup': '0::/user.slice\n',
      '/proc/meminfo': MEMINFO,
      '/sys/fs/cgroup/user.slice/memory.max': 'max\n',
    });
    assert.deepEqual(await left(), { bytes: 4_096_000_000, of: 'machine' });
  });

  it('is not known where nobody tells', async () => {
    assert.equal(await machine({}).left(), undefined);
  });

  it('gives no shell a name to act on', async () => {
    const { left, asked } = machine({
      '/proc/7/cgroup': '0::/a;reboot\n',
      '/proc/meminfo': MEMINFO,
    });
    assert.equal(await left(), undefined);
    assert.equal(asked.length, 1);
  });
});
