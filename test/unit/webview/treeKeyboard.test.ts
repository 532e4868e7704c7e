import assert from 'node:assert/strict';
import type { TreeRow } from '../../../src/webview/retainerTree';
import { treeAction } from '../../../src/webview/treeKeyboard';

function row(key: string, expandable: boolean, expanded: boolean): TreeRow {
  return {
    kind: 'object',
    key,
    level: key.split('/').length,
    parentKey: key.includes('/') ? key.slice(0, key.lastIndexOf('/')) : undefined,
    object: { edge: '', className: 'A', objectId: 1, node: 1, expandable },
    expanded,
    position: 1,
    siblings: 1,
  };
}

/*
 * 0
 * 1          open
 *   1/0
 *   1/1      closed
 *   1/2      not loaded
 */
const rows: TreeRow[] = [
  row('0', false, false),
  row('1', true, true),
  row('1/0', false, false),
  row('1/1', true, false),
  { ...row('1/2', false, false), kind: 'loading', text: 'Loading…' },
];
const tree = {
  rowCount: rows.length,
  rowAt: (index: number) => rows[index],
  indexOf: (key: string) => rows.findIndex((candidate) => candidate.key === key),
};

const press = (index: number, key: string) => treeAction(tree, index, key, 3);
const focus = (index: number) => ({ kind: 'focus', index });

describe('treeAction', () => {
  it('moves up and down, and stops at the ends', () => {
    assert.deepEqual(press(0, 'ArrowDown'), focus(1));
    assert.deepEqual(press(2, 'ArrowUp'), focus(1));
    assert.equal(press(0, 'ArrowUp'), undefined);
    assert.equal(press(4, 'ArrowDown'), undefined);
  });

  it('moves by what can be seen at once, and no further than the ends', () => {
    assert.deepEqual(press(0, 'PageDown'), focus(3));
    assert.deepEqual(press(2, 'PageDown'), focus(4));
    assert.deepEqual(press(4, 'PageUp'), focus(1));
    assert.equal(press(0, 'PageUp'), undefined);
  });

  it('goes to the first and to the last row', () => {
    assert.deepEqual(press(2, 'Home'), focus(0));
    assert.deepEqual(press(0, 'End'), focus(4));
  });

  it('goes right: opens, then goes in', () => {
    assert.deepEqual(press(3, 'ArrowRight'), { kind: 'expand' });
    assert.deepEqual(press(1, 'ArrowRight'), focus(2));
    assert.equal(press(2, 'ArrowRight'), undefined);
  });

  it('goes left: closes, or goes out', () => {
    assert.deepEqual(press(1, 'ArrowLeft'), { kind: 'collapse' });
    assert.deepEqual(press(3, 'ArrowLeft'), focus(1));
    assert.deepEqual(press(4, 'ArrowLeft'), focus(1));
    assert.equal(press(0, 'ArrowLeft'), undefined);
  });

  it('activates with Enter, opens and closes with Space', () => {
    assert.deepEqual(press(1, 'Enter'), { kind: 'activate' });
    assert.deepEqual(press(1, ' '), { kind: 'collapse' });
    assert.deepEqual(press(3, ' '), { kind: 'expand' });
    assert.deepEqual(press(4, ' '), { kind: 'activate' });
  });

  it('leaves other keys alone', () => {
    assert.equal(press(1, 'a'), undefined);
  });
});
