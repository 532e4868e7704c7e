import assert from 'node:assert/strict';
import path from 'node:path';
import { position0 } from '../../../../src/base/position';
import { absolutePlace, placeLabel, resolvePlace } from '../../../../src/extension/results/places';
import type { CodePosition } from '../../../../src/leaks/leakAnalysis';
import { openResult } from './openResult';

describe('places', () => {
  it('are made absolute by the root, unless they are', () => {
    const place = { file: 'src/a.ts', line: 2, column: 3 };
    assert.deepEqual(absolutePlace('/shop', place), { ...place, file: '/shop/src/a.ts' });
    const outside = { file: path.resolve('/other/b.ts'), line: 1, column: 1 };
    assert.deepEqual(absolutePlace('/shop', outside), outside);
  });

  it('are named by their file in the root, and in full outside of it', () => {
    assert.equal(placeLabel('/shop', { file: '/shop/src/a.ts', line: 2, column: 1 }), 'src/a.ts:2');
    assert.equal(
      placeLabel('/shop', { file: '/shopping/a.ts', line: 2, column: 1 }),
      '/shopping/a.ts:2',
    );
  });
});

describe('resolvePlace', () => {
  const result = openResult();
  const of = (kind: 'site' | 'step', index: number, rank = 1, resultId = result.id) =>
    resolvePlace(result, { kind, index, rank, resultId });

  it('finds the sites and the steps of a finding', async () => {
    const file = '/shop/src/cart/cartHistory.ts';
    assert.deepEqual(await of('site', 0), { file, line: 41, column: 5 });
    assert.deepEqual(await of('step', 2), { file, line: 8, column: 7 });
  });

  it('finds nothing where there is nothing', async () => {
    assert.equal(await of('step', 0), undefined, 'a step without a place');
    assert.equal(await of('site', 9), undefined, 'a site that is not there');
    assert.equal(await of('site', 0, 7), undefined, 'a finding that is not there');
    assert.equal(await of('site', 0, 1, result.id + 1), undefined, 'another result');
  });

  it('asks the investigation for a position in code that ran', async () => {
    const asked: CodePosition[] = [];
    const place = { file: '/shop/src/cart.ts', line: 4, column: 2 };
    const located = openResult({
      locate: (code) => {
        asked.push(code);
        return Promise.resolve(place);
      },
    });
    const reference = { kind: 'code', resultId: 1, scriptId: 88, line: 18, column: 2 } as const;
    assert.deepEqual(await resolvePlace(located, reference), place);
    assert.deepEqual(asked, [{ scriptId: 88, position: position0(18, 2) }]);
  });
});
