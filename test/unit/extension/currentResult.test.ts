import assert from 'node:assert/strict';
import { CurrentResult } from '../../../src/extension/currentResult';
import { fakeInvestigation, openResult } from './openResult';

describe('CurrentResult', () => {
  const result = openResult();

  function tracked() {
    let closed = 0;
    return { investigation: fakeInvestigation({ dispose: () => closed++ }), closed: () => closed };
  }

  it('closes the investigation of the result that it replaces', () => {
    const results = new CurrentResult();
    const [first, second] = [tracked(), tracked()];
    const one = results.set(result, first.investigation, '/a');
    const two = results.set(result, second.investigation, '/b');
    assert.notEqual(one.id, two.id);
    assert.deepEqual([first.closed(), second.closed()], [1, 0]);
    assert.equal(results.value, two);
  });

  it('tells listeners of results and of their end', () => {
    const results = new CurrentResult();
    const told: (string | undefined)[] = [];
    results.onDidChange((value) => told.push(value?.root));
    const { investigation, closed } = tracked();
    results.set(result, investigation, '/a');
    results.clear();
    results.clear();
    assert.deepEqual(told, ['/a', undefined]);
    assert.equal(closed(), 1);
  });

  it('closes what is open when it is disposed', () => {
    const results = new CurrentResult();
    const { investigation, closed } = tracked();
    results.set(result, investigation, '/a');
    results.dispose();
    assert.equal(closed(), 1);
  });
});
