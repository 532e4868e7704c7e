import assert from 'node:assert/strict';
import { position0 } from '../../../src/base/position';
import { readSamplingProfile } from '../../../src/inspector/samplingProfile';

type Json = Record<string, unknown>;

function call(functionName: string, line: number, selfSize: number, children: Json[] = []): Json {
  const scriptId = line < 0 ? '0' : '7';
  const url = line < 0 ? '' : 'file:///shop.js';
  const callFrame = { functionName, scriptId, url, lineNumber: line, columnNumber: line };
  return { callFrame, selfSize, id: 1, children };
}

describe('readSamplingProfile', () => {
  it('turns the call tree into stacks, innermost function first', () => {
    const head = call('(root)', -1, 0, [
      call('handle', 4, 100, [call('add', 9, 2000), call('read', 12, 0)]),
    ]);
    const handle = {
      functionName: 'handle',
      scriptId: 7,
      url: 'file:///shop.js',
      position: position0(4, 4),
    };
    const add = { ...handle, functionName: 'add', position: position0(9, 9) };
    const { stacks } = readSamplingProfile({ head });
    assert.deepEqual(
      [...stacks].sort((a, b) => a.bytes - b.bytes),
      [
        { bytes: 100, frames: [handle] },
        { bytes: 2000, frames: [add, handle] },
      ],
    );
  });

  it("charges V8's builtins to the function that calls them", () => {
    const head = call('(root)', -1, 0, [call('add', 9, 0, [call('set', -1, 500)])]);
    const [stack] = readSamplingProfile({ head }).stacks;
    assert.deepEqual(
      [stack.bytes, stack.frames.map((frame) => frame.functionName)],
      [500, ['add']],
    );
  });

  it('refuses what is no profile', () => {
    for (const head of [null, {}, { ...call('a', 1, 1), children: 'none' }, call('a', 0.5, 1)]) {
      assert.throws(() => readSamplingProfile({ head }), { code: 'protocol' });
    }
  });

  it('reads a tree of any depth', () => {
    let head = call('leaf', 3, 10);
    for (let i = 0; i < 50_000; i++) head = call('again', 3, 0, [head]);
    const [stack] = readSamplingProfile({ head }).stacks;
    assert.ok(stack.frames.length <= 1_000);
  });
});
