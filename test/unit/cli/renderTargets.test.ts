import assert from 'node:assert/strict';
import {
  renderTargetsJson,
  renderTargetsText,
  type ListedProcess,
} from '../../../src/cli/renderTargets';

const target = {
  id: 'a',
  title: 'server.js',
  url: 'file:///server.js',
  type: 'node',
  webSocketUrl: 'ws://127.0.0.1:9229/a',
};
const inspector = { address: '127.0.0.1:9229', target, commandLine: [] };

const listed: ListedProcess[] = [
  {
    process: {
      pid: 30,
      parent: 7,
      commandLine: ['node', 'child.js', 'two words'],
      residentBytes: 60_000_000,
      opensOnSignal: true,
    },
  },
  {
    process: { pid: 9, commandLine: ['node'], residentBytes: 1_000_000, opensOnSignal: false },
  },
  {
    process: {
      pid: 7,
      parent: 1,
      commandLine: ['node', 'server.js'],
      residentBytes: 100_000_000,
      inspector,
      opensOnSignal: true,
    },
    workers: [{ threadId: 2, name: 'resize\u001b[2J', url: 'file:///resize.js' }],
  },
];

describe('renderTargetsText', () => {
  it('puts each process and its worker threads below the one that started it', () => {
    const [table] = renderTargetsText(listed).split('\n\n');
    assert.deepEqual(table.split('\n'), [
      'PID  Parent      RSS            Inspector  Program',
      '  9           1.0 MB  off, not on request  node',
      '  7       1   100 MB       127.0.0.1:9229  node server.js',
      '                                             worker 2  resize\\u{1b}[2J  file:///resize.js',
      " 30       7  60.0 MB                  off    node child.js 'two words'",
    ]);
  });

  it('names an inspector of which no more is known', () => {
    const unknown = { inspector, commandLine: [], opensOnSignal: false };
    assert.match(
      renderTargetsText([{ process: unknown }]),
      /\? {3,}\? {2}127.0.0.1:9229 {2}server.js/,
    );
  });

  it('says so if there is none', () => {
    assert.match(renderTargetsText([]), /^No Node.js process/);
  });
});

describe('renderTargetsJson', () => {
  it('tells what is not known or off as null', () => {
    const { processes } = JSON.parse(renderTargetsJson(listed)) as { processes: unknown[] };
    assert.deepEqual(processes[0], {
      pid: 30,
      parent: 7,
      commandLine: ['node', 'child.js', 'two words'],
      residentBytes: 60_000_000,
      inspector: null,
      webSocketUrl: null,
      opensOnSignal: true,
      workers: null,
    });
    assert.deepEqual((processes[2] as { workers: unknown }).workers, [
      { threadId: 2, name: 'resize\u001b[2J', url: 'file:///resize.js' },
    ]);
  });
});
