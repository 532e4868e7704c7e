import assert from 'node:assert/strict';
import { readPanelState } from '../../../src/webview/panelState';

describe('readPanelState', () => {
  it('reads what was saved', () => {
    const state = { resultId: 1, rank: 2, expanded: ['1'], focusedKey: '1', scrollTop: 40 };
    assert.deepEqual(readPanelState(state), state);
  });

  it('has nothing to say of anything else', () => {
    for (const value of [undefined, null, 3, {}, { resultId: '1', rank: 2 }]) {
      assert.equal(readPanelState(value), undefined);
    }
  });

  it('drops the parts that have another shape', () => {
    assert.deepEqual(readPanelState({ resultId: 1, rank: 2, expanded: ['1', 4], scrollTop: 'x' }), {
      resultId: 1,
      rank: 2,
      expanded: ['1'],
      focusedKey: undefined,
      scrollTop: 0,
    });
  });
});
