import assert from 'node:assert/strict';
import type { Finding, LeakReport } from '../../../../src/leaks/leakReport';
import { CurrentResult } from '../../../../src/extension/results/currentResult';
import { fakeInvestigation, nothingIgnored, openResult } from './openResult';
import { Emitter } from '../../../../src/base/event';

const ranks = (report?: LeakReport) => (report?.findings ?? []).map(({ rank }) => rank);

describe('CurrentResult', () => {
  const result = openResult();

  function tracked() {
    let closed = 0;
    return { investigation: fakeInvestigation({ dispose: () => closed++ }), closed: () => closed };
  }

  it('closes the investigation of the result that it replaces', () => {
    const results = new CurrentResult(nothingIgnored);
    const [first, second] = [tracked(), tracked()];
    const one = results.set(result, first.investigation, '/a');
    const two = results.set(result, second.investigation, '/b');
    assert.notEqual(one.id, two.id);
    assert.deepEqual([first.closed(), second.closed()], [1, 0]);
    assert.equal(results.value, two);
  });

  it('tells listeners of results and of their end', () => {
    const results = new CurrentResult(nothingIgnored);
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
    const results = new CurrentResult(nothingIgnored);
    const { investigation, closed } = tracked();
    const { id, places } = results.set(result, investigation, '/shop');
    results.dismiss(2);
    const { value } = results;
    assert.deepEqual(value?.report, { ...result.report, findings: [result.report.findings[0]] });
    assert.deepEqual([value.id, value.places, closed()], [id, places, 0]);
  });

  it('says nothing of a finding that is not there, and is cleared with the last one', () => {
    const results = new CurrentResult(nothingIgnored);
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
    const results = new CurrentResult(nothingIgnored);
    const was = { file: '/shop/src/cart/cartHistory.ts', line: 41, column: 5 };
    const moved = [{ was, is: { ...was, line: 44 } }];
    results.set(result, fakeInvestigation(), '/shop', { foundAt: 7, moved });
    assert.equal(results.value?.foundAt, 7);
    assert.equal(results.value.places.now(was).line, 44);
  });

  it('leaves out what is ignored, from the run on and as soon as that changes', () => {
    let ignored = [1];
    const changed = new Emitter<void>();
    const entryOf = (_root: string, { rank }: Finding) => ignored.includes(rank) || undefined;
    const results = new CurrentResult({ onDidChange: changed.event, entryOf });
    const told: unknown[] = [];
    results.onDidChange((open) => told.push([open?.report.verdict, ...ranks(open?.report)]));
    const { id } = results.set(result, fakeInvestigation(), '/shop');
    assert.deepEqual(
      results.value?.ignored.map(({ rank }) => rank),
      [1],
    );
    ignored = [1, 2];
    changed.fire();
    ignored = [];
    changed.fire();
    assert.deepEqual(told, [['leak', 2], ['clean'], ['leak', 1, 2]]);
    assert.equal(results.value.id, id);
  });

  it('keeps what is ignored when another finding is dismissed', () => {
    const entryOf = (_root: string, { rank }: Finding) => (rank === 1 ? 'known' : undefined);
    const results = new CurrentResult({ ...nothingIgnored, entryOf });
    results.set(result, fakeInvestigation(), '/shop');
    results.dismiss(2);
    assert.deepEqual(ranks(results.value?.wholeReport), [1]);
    assert.deepEqual(ranks(results.value?.report), []);
  });

  it('closes what is open when it is disposed', () => {
    const results = new CurrentResult(nothingIgnored);
    const { investigation, closed } = tracked();
    results.set(result, investigation, '/a');
    results.dispose();
    assert.equal(closed(), 1);
  });
});
