import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';
import type { CdpSession } from '../../../src/inspector/cdpSession';
import { MAX_SCRIPTS, MAX_SCRIPT_URLS } from '../../../src/inspector/limits';
import { ScriptTable, type Script } from '../../../src/inspector/scripts';

describe('ScriptTable', () => {
  let parsed: Emitter<Script>;
  let table: ScriptTable;

  beforeEach(() => {
    parsed = new Emitter();
    const client = {
      on: (_: string, listener: (script: Script) => void) => parsed.event(listener),
    };
    table = new ScriptTable(client as unknown as CdpSession);
  });

  function parse(scriptId: number, named: Partial<Script> = {}): void {
    const url = `file:///app/${scriptId}.js`;
    const rest = { sourceMapUrl: undefined, hash: undefined, isModule: false, length: 1 };
    parsed.fire({ scriptId, url, ...rest, ...named });
  }

  it('knows scripts by their id, but for those without a name', () => {
    parse(1);
    parse(2, { url: '' });
    assert.equal(table.get(1)?.url, 'file:///app/1.js');
    assert.deepEqual(
      [...table].map(({ scriptId }) => scriptId),
      [1],
    );
  });

  it('keeps those it has when a target goes on naming more', () => {
    for (let id = 0; id < MAX_SCRIPTS + 10; id++) parse(id);
    assert.equal(table.size, MAX_SCRIPTS);
    assert(table.get(0));
    assert.equal(table.get(MAX_SCRIPTS), undefined);
  });

  it('holds no more inline source maps than a program can have', () => {
    const sourceMapUrl = 'x'.repeat(MAX_SCRIPT_URLS / 8);
    for (let id = 0; id < 10; id++) parse(id, { sourceMapUrl });
    assert.equal(table.size, 7);
    parse(10);
    assert(table.get(10), 'a short one still fits');
  });
});
