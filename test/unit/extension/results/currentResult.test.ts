import assert from 'node:assert/strict';
import { CurrentResult } from '../../../../src/extension/results/currentResult';
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

  it('leaves out a finding that is dismissed, and keeps the rest as it is', () => {
    const results = new CurrentResult();
    const { investigation, closed } = tracked();
    const { id, places } = results.set(result, investigation, '/shop');
    results.dismiss(2);
    const { value } = results;
    assert.deepEqual(value?.report, { ...result.report, findings: [result.report.findings[0]] });
    assert.deepEqual([value.id, value.places, closed()], [id, places, 0]);
  });

  it('says nothing of a finding that is not there, and is cleared with the last one', () => {
    const results = new CurrentResult();
    const { investigation, closed } = tracked();
    let told = 0;
    results.set(result, investigation, '/shop');
    results.onDidChange(() => told++);
    results.dismiss(7);
    assert.equal(told, 0);
    results.dismiss(1);
    results.dismiss(2);
    assert.deepEqual([told, closed(), results.value], [2, 1, undefined]);
  });

  it('knows since when an earlier result is known, and what has moved', () => {
    const results = new CurrentResult();
    const was = { file: '/shop/src/cart/cartHistory.ts', line: 41, column: 5 };
    const moved = [{ was, is: { ...was, line: 44 } }];
    results.set(result, fakeInvestigation(), '/shop', { foundAt: 7, moved });
    assert.equal(results.value?.foundAt, 7);
    assert.equal(results.value.places.now(was).line, 44);
  });

  it('closes what is open when it is disposed', () => {
    const results = new CurrentResult();
    const { investigation, closed } = tracked();
    results.set(result, investigation, '/a');
    results.dispose();
    assert.equal(closed(), 1);
  });
});
