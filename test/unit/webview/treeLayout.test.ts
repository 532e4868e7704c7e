import assert from 'node:assert/strict';
import { entryAtRow, levelLayout, rowOfEntry } from '../../../src/webview/treeLayout';

/*
 * Row 0        0
 * Row 1        1          open
 * Row 2, 3       1/0, 1/1
 * Row 4          1/2      open
 * Row 5            1/2/0
 * Row 6          1/3
 * Row 7        2          open
 * Row 8          2/0
 * Row 9        3
 */
const below12 = levelLayout('1/2', 3, 1, []);
const below1 = levelLayout('1', 2, 4, [{ index: 2, below: below12 }]);
const top = levelLayout('', 1, 4, [
  { index: 1, below: below1 },
  { index: 2, below: levelLayout('2', 2, 1, []) },
]);
const paths = [[0], [1], [1, 0], [1, 1], [1, 2], [1, 2, 0], [1, 3], [2], [2, 0], [3]];

describe('The layout of a tree', () => {
  it('counts the rows of all that is open', () => assert.equal(top.rows, paths.length));

  for (const [row, path] of paths.entries()) {
    it(`has ${path.join('/')} in row ${row}`, () => {
      const { level, index } = entryAtRow(top, row);
      const key = path.slice(0, -1).join('/');
      assert.deepEqual([level.key, index], [key, path.at(-1)]);
      assert.equal(rowOfEntry(top, path), row);
    });
  }

  it('has no row for what is not shown', () => {
    for (const path of [[4], [0, 0], [1, 4], [2, 0, 0]]) {
      assert.equal(rowOfEntry(top, path), undefined, path.join('/'));
    }
  });
});
