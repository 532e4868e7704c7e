import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/base/event';
import { CurrentResult } from '../../../../src/extension/results/currentResult';
import { FindingLines } from '../../../../src/extension/results/findingLines';
import type { Finding } from '../../../../src/leaks/leakReport';
import { fakeInvestigation, openResult, SHOP_TEXT } from './openResult';

describe('FindingLines', () => {
  const file = '/shop/src/cart/cartHistory.ts';
  const start = { line: 0, character: 0 };
  const line = [{ range: { start, end: start }, text: '\n' }];
  let results: CurrentResult;
  let lines: FindingLines;
  let told: number;
  let ignoredRank = 0;
  const ignoring = new Emitter<void>();
  const ignored = {
    onDidChange: ignoring.event,
    entryOf: (_root: string, { rank }: Finding) => (rank === ignoredRank ? 'known' : undefined),
  };

  beforeEach(() => {
    results = new CurrentResult(ignored);
    lines = new FindingLines(results);
    results.set(openResult(), fakeInvestigation(), '/shop');
    told = 0;
    lines.onDidChange(() => told++);
  });
  afterEach(() => lines.dispose());

  it('has the findings whose line is known', () => {
    assert.deepEqual(
      lines.all.map(({ finding, place, isStale }) => [finding.rank, place.line, isStale]),
      [[1, 41, false]],
    );
    assert.equal(lines.inFile(file).length, 1);
    assert.equal(lines.inFile('/shop/src/cart/cartSnapshot.ts').length, 0);
  });

  it('tells of lines that moved, and of nothing else', () => {
    lines.edit(file, line, () => 'edited');
    assert.deepEqual([told, lines.all[0].place.line, lines.all[0].isStale], [1, 42, true]);
    lines.edit('/shop/other.ts', line, () => assert.fail('nobody needs the text'));
    lines.check(file, 'edited');
    assert.equal(told, 1);
    lines.check(file, SHOP_TEXT);
    assert.deepEqual([told, lines.all[0].place.line, lines.all[0].isStale], [2, 41, false]);
  });

  it('leaves out what is ignored, as soon as it is', () => {
    ignoredRank = 1;
    ignoring.fire();
    assert.deepEqual([told, lines.all], [1, []]);
    ignoredRank = 0;
    ignoring.fire();
    assert.equal(lines.all.length, 1);
  });

  it('tells of another result, of a dismissed finding, and of the end', () => {
    results.dismiss(1);
    assert.deepEqual([told, lines.all], [1, []]);
    results.clear();
    assert.deepEqual([told, lines.files], [2, []]);
  });
});
