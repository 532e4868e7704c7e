import assert from 'node:assert/strict';
import { position0 } from '../../../src/base/position';
import { foldSuspects } from '../../../src/leaks/foldSuspects';
import type { Anchor, Suspect } from '../../../src/leaks/leakAnalysis';

const at = { scriptId: 7, position: position0(1, 2) };
const variable = (name: string): Anchor => ({ kind: 'variable', name, within: at });

function suspect(anchors: readonly Anchor[], more: Partial<Suspect> = {}): Suspect {
  return {
    ...{ confidence: 0.9, title: '', shape: 'map', className: 'Order', anchors },
    ...{ containers: 1, countPerRound: 100, retainedBytesPerRound: 1000 },
    ...{ growth: { counts: [], bytes: [] } },
    ...{ leakedKeys: [], path: [], evidence: ['as seen'] },
    ...more,
  };
}

const fold = (...suspects: Suspect[]) =>
  foldSuspects(suspects).map(({ evidence }) => evidence.slice(1));

describe('foldSuspects', () => {
  const orders = suspect([variable('orders')]);

  it('folds what leads to the same place', () => {
    assert.deepEqual(fold(orders, orders, orders), [
      ['2 more containers of this kind grow alike.'],
    ]);
    assert.deepEqual(fold(orders, suspect([variable('carts')])), [[], []]);
    assert.deepEqual(fold(orders, suspect([variable('orders')], { className: 'Cart' })), [[], []]);
  });

  it('folds what is held by two that name each other', () => {
    const both = [variable('byId'), variable('recent')];
    const folded = fold(suspect(both), suspect([...both].reverse()));
    assert.deepEqual(folded, [['1 more container of this kind grows alike.']]);
  });

  it('folds what nobody can name into what grows alike', () => {
    const unnamed = suspect([{ kind: 'allocation', at }], { countPerRound: 95 });
    assert.deepEqual(fold(orders, unnamed), [['1 container inside of Node.js or V8 grows alike.']]);
    assert.deepEqual(fold(orders, { ...unnamed, countPerRound: 80 }), [[], []]);
  });

  it('keeps the first, whatever it is', () => {
    assert.deepEqual(fold(suspect([]), orders), [[], []]);
  });
});
