import assert from 'node:assert/strict';
import { readPanelState } from '../../../src/webview/panelState';

describe('readPanelState', () => {
  it('reads what was saved', () => {
    const state = {
      heap: 'round-3',
      rank: 2,
      expanded: ['1'],
      filter: 'Cart',
      focusedKey: '1',
      scrollTop: 40,
      treeScrollTop: 9,
    };
    assert.deepEqual(readPanelState(state), state);
  });

  it('has nothing to say of anything else', () => {
    for (const value of [undefined, null, 3, {}, { heap: 1, rank: 2 }]) {
      assert.equal(readPanelState(value), undefined);
    }
  });

  it('drops the parts that have another shape', () => {
    assert.deepEqual(readPanelState({ heap: 'a', rank: 2, expanded: ['1', 4], scrollTop: 'x' }), {
      heap: 'a',
      rank: 2,
      expanded: ['1'],
      filter: '',
      focusedKey: undefined,
      scrollTop: 0,
      treeScrollTop: 0,
    });
  });
});
