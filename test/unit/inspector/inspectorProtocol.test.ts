import assert from 'node:assert/strict';
import { COMMANDS, EVENTS, isKnownEvent } from '../../../src/inspector/inspectorProtocol';

describe('inspectorProtocol', () => {
  const parsed = { scriptId: '12', url: 'file:///a.js', length: 3, hash: 'ab', sourceMapURL: '' };

  it('reads a parsed script; an empty source map URL is none', () => {
    assert.deepEqual(EVENTS['Debugger.scriptParsed']({ ...parsed, isModule: true }), {
      scriptId: 12,
      url: 'file:///a.js',
      sourceMapUrl: undefined,
      hash: 'ab',
      isModule: true,
      length: 3,
    });
  });

  for (const scriptId of [12, '', '1e3', '-1', '0x10', 'NaN', '9'.repeat(30), undefined]) {
    it(`refuses the script id ${JSON.stringify(scriptId)}`, () => {
      assert.throws(() => EVENTS['Debugger.scriptParsed']({ ...parsed, scriptId }), {
        code: 'protocol',
        message: /"scriptId"/,
      });
    });
  }

  it('refuses progress that is not counted in finite numbers', () => {
    const read = EVENTS['HeapProfiler.reportHeapSnapshotProgress'];
    assert.throws(() => read({ done: -1, total: 2 }), { code: 'protocol' });
    assert.throws(() => read({ done: 1, total: Infinity }), { code: 'protocol' });
  });

  it('tells an evaluation that threw from one that did not', () => {
    const read = COMMANDS['Runtime.evaluate'];
    const result = { type: 'object', objectId: '7.1' };
    assert.equal(read({ result }).threw, false);
    assert.equal(read({ result, exceptionDetails: {} }).threw, true);
    assert.throws(() => read({ result: null }), { code: 'protocol' });
  });

  it('knows no event by an inherited name', () => {
    assert.equal(isKnownEvent('Debugger.paused'), true);
    assert.equal(isKnownEvent('constructor'), false);
    assert.equal(isKnownEvent('__proto__'), false);
  });
});
