import assert from 'node:assert/strict';
import { readLaunchConfigurations } from '../../../../src/extension/run/launchConfigurations';
import { TargetMemory } from '../../../../src/extension/views/targetMemory';
import { targetRows, type Targets } from '../../../../src/extension/views/targetRows';
import { drawRows, rowIds } from './drawRows';
import { fakeMemory } from '../run/fakeRun';

const nothing: Targets = {
  connected: undefined,
  debugged: [],
  processes: [],
  workers: new Map(),
  configurations: [],
  saved: [],
  recent: [],
};
const webSocketUrl = 'ws://127.0.0.1:9229/a';
const local = {
  address: '127.0.0.1:9229',
  target: { id: 'a', title: '/shop/dist/server.js[4711]', url: '', type: 'node', webSocketUrl },
  pid: 4711,
  commandLine: ['node', '--inspect', 'dist/server.js'],
};
const open = {
  pid: 4711,
  commandLine: local.commandLine,
  residentBytes: 84_000_000,
  inspector: local,
  opensOnSignal: true,
};
const connected = { title: local.target.title, address: local.address, webSocketUrl };

describe('targetRows', () => {
  it('are none where there is nothing, so that the welcome is seen', () => {
    assert.deepEqual(targetRows(nothing), []);
  });

  it('show what could be connected to, in groups, and what can be done with each', () => {
    const rows = targetRows({
      ...nothing,
      processes: [open],
      configurations: [
        { name: 'Server', folder: 'file:///shop' },
        { name: 'Attach', folder: 'file:///shop', address: '127.0.0.1:9230' },
      ],
      saved: [{ name: 'Staging', address: '10.0.0.7:9229' }],
      recent: ['10.0.0.8:9229'],
    });
    assert.equal(
      drawRows(rows, true),
      `This Machine | group
  server.js[4711] | 127.0.0.1:9229, 80 MB | connectable listsWorkers commandLine
Launch Configurations | group
  Server | launchable
  Attach | 127.0.0.1:9230 | connectable
Saved | group
  Staging | 10.0.0.7:9229 | connectable removable
Recent | group
  10.0.0.8:9229 | connectable saveable removable
`,
    );
    const ids = rowIds(rows);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('put what is connected first, and only there', () => {
    const rows = targetRows({ ...nothing, connected, processes: [open], recent: [local.address] });
    assert.equal(
      drawRows(rows, true),
      'server.js[4711] | 127.0.0.1:9229, connected | connected listsWorkers commandLine\n',
    );
  });

  it('put children and worker threads below their process, and apart what is off', () => {
    const started = { commandLine: ['node', 'x.js'], residentBytes: 41e6, opensOnSignal: true };
    const threads = [
      { threadId: 1, name: 'resize', url: 'file:///resize.js' },
      { threadId: 2, name: 'pool', url: 'file:///pool.js' },
      { threadId: 3, name: 'pool', url: 'file:///pool.js' },
    ];
    const targets = {
      ...nothing,
      processes: [
        { ...started, pid: 5000, parent: 4711 },
        { ...open, parent: 60 },
        { ...started, pid: 61, parent: 60, opensOnSignal: false },
        { ...started, pid: 60 },
      ],
      workers: new Map([[webSocketUrl, threads]]),
    };
    assert.equal(
      drawRows(targetRows({ ...targets, connected: { ...connected, worker: '3' } }), true),
      `server.js[4711] | 127.0.0.1:9229, connected | connected listsWorkers commandLine
This Machine | group
  server.js[4711] | 127.0.0.1:9229, 80 MB | connectable listsWorkers commandLine
    resize | worker thread 1 | connectable
    pool | worker thread 2 | connectable
    pool | connected | connectedWorker
    x.js[5000] | 40 MB, inspector off | openable commandLine
This Machine, Inspector Off | group
  x.js[60] | 40 MB, inspector off | openable commandLine
    x.js[61] | 40 MB, inspector off | commandLine
`,
    );
    const [, machine] = targetRows({ ...targets, connected });
    assert.match(drawRows([machine], true), /server.js.*connected, 80 MB \| listsWorkers/);
    assert.deepEqual(machine.children?.[0].children?.[0].click?.argument, {
      address: local.address,
      worker: 'resize',
    });
  });

  it('let a remote target be saved, once', () => {
    const remote = { ...connected, address: '10.0.0.8:9229' };
    const kinds = (saved: Targets['saved']) =>
      targetRows({ ...nothing, connected: remote, saved })[0].kind;
    assert.equal(kinds([]), 'connected saveable');
    assert.equal(kinds([{ name: 'Staging', address: remote.address }]), 'connected');
  });
});

describe('readLaunchConfigurations', () => {
  const read = (...entries: unknown[]) =>
    readLaunchConfigurations(entries, 'f').map(({ name, address }) => [name, address]);

  it('takes those that start a Node.js program, and those that say where one listens', () => {
    assert.deepEqual(
      read(
        { name: 'launch', type: 'node', request: 'launch', program: 'a.js' },
        { name: 'default', type: 'pwa-node', request: 'attach' },
        { name: 'port', type: 'node', request: 'attach', address: 'box', port: 9333 },
        { name: 'v6', type: 'node', request: 'attach', address: '::1', port: '9333' },
        { name: 'ws', type: 'node', request: 'attach', websocketAddress: 'ws://box:1/x' },
      ),
      [
        ['launch', undefined],
        ['default', '127.0.0.1:9229'],
        ['port', 'box:9333'],
        ['v6', '[::1]:9333'],
        ['ws', 'ws://box:1/x'],
      ],
    );
  });

  it('leaves out what it cannot use, whatever stands there', () => {
    assert.deepEqual(
      read(
        null,
        'text',
        { type: 'node', request: 'launch' },
        { name: 'other', type: 'python', request: 'launch' },
        { name: 'pick', type: 'node', request: 'attach', processId: '${command:PickProcess}' },
        { name: 'variable', type: 'node', request: 'attach', port: '${env:PORT}' },
      ),
      [],
    );
    assert.deepEqual(readLaunchConfigurations({}, 'f'), []);
  });
});

describe('TargetMemory', () => {
  it('remembers the last five, the newest first, each once', async () => {
    const memory = new TargetMemory(fakeMemory());
    for (const address of ['a', 'b', 'c', 'd', 'e', 'f', 'b']) await memory.remember(address);
    assert.deepEqual(memory.recent, ['b', 'f', 'e', 'd', 'c']);
  });

  it('saves under a name, one for an address, until it is removed', async () => {
    const memory = new TargetMemory(fakeMemory());
    let changes = 0;
    memory.onDidChange(() => changes++);
    await memory.remember('a');
    await memory.save({ name: 'Staging', address: 'a' });
    await memory.save({ name: 'Canary', address: 'b' });
    await memory.save({ name: 'Live', address: 'a' });
    assert.deepEqual(
      memory.saved.map(({ name }) => name),
      ['Canary', 'Live'],
    );
    await memory.remove('a');
    assert.deepEqual(memory.saved, [{ name: 'Canary', address: 'b' }]);
    assert.deepEqual(memory.recent, []);
    assert.ok(changes >= 5);
  });
});
