import assert from 'node:assert/strict';
import type { PanelRetainerPage } from '../../../src/webview/panelContract';
import { pathText } from '../../../src/webview/pathText';
import {
  RetainerTree,
  type ObjectRow,
  type RetainerTreeOptions,
  type TreeRow,
} from '../../../src/webview/retainerTree';
import { retainerPage } from '../../webview/shopResult';

const MILLION = 1_000_000;

const path = [
  { edge: '', className: 'process', objectId: 1, node: 0, expandable: false },
  { edge: '.shop', className: 'Shop', objectId: 3, node: 9, expandable: true },
  { edge: '.carts', className: 'Map', objectId: 5, node: 10, expandable: true },
];

/** A tree over pages that a test lets arrive one by one. */
function treeWithPages(options?: RetainerTreeOptions) {
  const asked: { node: number; offset: number; filter: string }[] = [];
  const answers: ((page: PanelRetainerPage | Error) => void)[] = [];
  const loadPage = (node: number, offset: number, filter: string) => {
    asked.push({ node, offset, filter });
    return new Promise<PanelRetainerPage>((resolve, reject) => {
      answers.push((page) => (page instanceof Error ? reject(page) : resolve(page)));
    });
  };
  const tree = new RetainerTree(path, loadPage, options);
  return {
    tree,
    asked,
    /** Answers the oldest request that has no answer. */
    answer: async (page: PanelRetainerPage | Error) => {
      const changed = new Promise<void>((resolve) => {
        const subscription = tree.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
      answers.shift()!(page);
      await changed;
    },
    /** Answers it too late. */
    answerInVain: async (page: PanelRetainerPage) => {
      let changes = 0;
      const subscription = tree.onDidChange(() => changes++);
      answers.shift()!(page);
      await new Promise((resolve) => setImmediate(resolve));
      subscription.dispose();
      assert.equal(changes, 0);
    },
  };
}

const rowsOf = (tree: RetainerTree): TreeRow[] =>
  Array.from({ length: tree.rowCount }, (_, index) => tree.rowAt(index));
const keys = (tree: RetainerTree) => rowsOf(tree).map(({ key }) => key);
const rowOf = (tree: RetainerTree, key: string) => tree.rowAt(tree.indexOf(key)!);
const expand = (tree: RetainerTree, key: string) => tree.expand(rowOf(tree, key) as ObjectRow);
const two = (): PanelRetainerPage => retainerPage(10, 0, 200, 2);

describe('RetainerTree', () => {
  it('shows the path and asks for nothing by itself', () => {
    const { tree, asked } = treeWithPages();
    assert.deepEqual(keys(tree), ['0', '1', '2']);
    assert.deepEqual(asked, []);
  });

  it('opens a row with its retainers, the first in place of the row that says to wait', async () => {
    const { tree, asked, answer } = treeWithPages();
    expand(tree, '2');
    assert.deepEqual(asked, [{ node: 10, offset: 0, filter: '' }]);
    assert.deepEqual(keys(tree), ['0', '1', '2', '2/0']);
    assert.equal(rowOf(tree, '2/0').kind, 'loading');
    await answer(two());
    assert.deepEqual(keys(tree), ['0', '1', '2', '2/0', '2/1']);
    const { kind, level, position, siblings } = rowOf(tree, '2/1');
    assert.deepEqual([kind, level, position, siblings], ['object', 2, 2, 2]);
  });

  it('does not open what cannot be opened', () => {
    const { tree, asked } = treeWithPages();
    expand(tree, '0');
    assert.deepEqual(asked, []);
    assert.equal(tree.rowCount, 3);
  });

  it('keeps loaded rows while closed', async () => {
    const { tree, asked, answer } = treeWithPages();
    expand(tree, '2');
    await answer(two());
    tree.collapse(rowOf(tree, '2') as ObjectRow);
    assert.deepEqual(keys(tree), ['0', '1', '2']);
    expand(tree, '2');
    assert.deepEqual(keys(tree), ['0', '1', '2', '2/0', '2/1']);
    assert.equal(asked.length, 1);
  });

  it('has a row for each of a million retainers, and loads those that are shown', async () => {
    const { tree, asked, answer } = treeWithPages();
    expand(tree, '2');
    await answer(retainerPage(10, 0, 200, MILLION));
    assert.equal(tree.rowCount, 3 + MILLION);
    const last = tree.rowCount - 1;
    assert.deepEqual(tree.rowAt(last), {
      ...{ kind: 'loading', key: `2/${MILLION - 1}`, level: 2, parentKey: '2' },
      ...{ position: MILLION, siblings: MILLION, text: 'Loading…' },
    });
    tree.show(last - 20, last);
    tree.show(last - 20, last);
    assert.deepEqual(asked.slice(1), [{ node: 10, offset: MILLION - 200, filter: '' }]);
    await answer(retainerPage(10, MILLION - 200, 200, MILLION));
    assert.equal(tree.rowAt(last).kind, 'object');
    assert.equal(tree.indexOf(`2/${MILLION - 1}`), last);
  });

  it('has no more than two pages on their way, whatever is scrolled over', async () => {
    const { tree, asked, answer } = treeWithPages();
    expand(tree, '2');
    await answer(retainerPage(10, 0, 200, MILLION));
    for (let row = 1000; row < 100_000; row += 1000) tree.show(row, row + 20);
    assert.equal(asked.length, 3);
  });

  it('keeps no more than fifty pages of a list', async () => {
    const { tree, asked, answer } = treeWithPages();
    expand(tree, '2');
    await answer(retainerPage(10, 0, 200, MILLION));
    for (let page = 1; page <= 50; page++) {
      tree.show(3 + page * 200, 3 + page * 200);
      await answer(retainerPage(10, page * 200, 200, MILLION));
    }
    assert.equal(rowOf(tree, '2/0').kind, 'loading');
    tree.show(3, 3);
    assert.equal(asked.at(-1)?.offset, 0);
  });

  it('says that nothing else holds an object', async () => {
    const { tree, answer } = treeWithPages();
    expand(tree, '2');
    await answer({ total: 0, rows: [] });
    assert.equal(rowOf(tree, '2/0').kind, 'none');
  });

  it('shows what went wrong, and tries again when told to', async () => {
    const { tree, asked, answer } = treeWithPages();
    expand(tree, '2');
    await answer(new Error('The worker ended.'));
    const failed = rowOf(tree, '2/0');
    assert.ok(failed.kind === 'failed');
    assert.match(failed.text, /The worker ended\./);
    tree.show(0, 3);
    assert.equal(asked.length, 1);
    tree.toggle(failed);
    await answer(two());
    assert.deepEqual(keys(tree), ['0', '1', '2', '2/0', '2/1']);
  });

  it('opens again what was open before, level by level, wherever it is', async () => {
    const expanded = ['2', '2/500', '2/500/0'];
    const { tree, asked, answer } = treeWithPages({ expanded });
    await answer(retainerPage(10, 0, 200, 1000));
    await answer(retainerPage(10, 400, 200, 1000));
    await answer(two());
    assert.equal(tree.isLoading, true);
    await answer(two());
    assert.deepEqual(
      asked.map(({ node, offset }) => [node, offset]),
      [
        [10, 0],
        [10, 400],
        [10_500, 0],
        [10_000, 0],
      ],
    );
    assert.equal(tree.rowCount, 3 + 1000 + 2 + 2);
    assert.equal(tree.indexOf('2/501'), 3 + 500 + 1 + 4);
    assert.equal(tree.isLoading, false);
    assert.deepEqual(tree.expandedKeys, expanded);
  });

  it('shows what a filter lets through, and drops answers for the filter before', async () => {
    const { tree, asked, answer, answerInVain } = treeWithPages();
    expand(tree, '2');
    await answer(retainerPage(10, 0, 200, 1000));
    expand(tree, '2/0');
    tree.setFilter('Cart');
    await answerInVain(two());
    assert.equal(tree.retainerCount, undefined);
    await answer(retainerPage(10, 0, 200, 12));
    assert.deepEqual(asked.at(-1), { node: 10, offset: 0, filter: 'Cart' });
    assert.equal(tree.rowCount, 3 + 12);
    assert.equal(tree.retainerCount, 12);
    assert.deepEqual(tree.expandedKeys, ['2']);
  });

  it('says when a filter lets nothing through', async () => {
    const { tree, answer } = treeWithPages({ expanded: ['2'], filter: 'x' });
    await answer({ total: 0, rows: [] });
    const none = rowOf(tree, '2/0');
    assert.match(none.kind === 'none' ? none.text : '', /filter/);
  });

  it('folds the steps inside Node.js until they are asked for', () => {
    const { tree } = treeWithPages({ stepsInsideNode: 2 });
    const [folded, own] = rowsOf(tree);
    assert.equal(tree.rowCount, 2);
    assert.ok(folded.kind === 'folded');
    assert.equal(folded.text, '2 steps inside Node.js');
    assert.deepEqual([own.key, own.position, own.siblings], ['2', 2, 2]);
    expand(tree, '2');
    assert.equal(tree.indexOf('2/0'), 2);
    tree.toggle(folded);
    assert.deepEqual(keys(tree), ['0', '1', '2', '2/0']);
    const again = treeWithPages({ stepsInsideNode: 2, expanded: tree.expandedKeys });
    assert.deepEqual(keys(again.tree), ['0', '1', '2', '2/0']);
  });
});

describe('pathText', () => {
  it('leads from the GC root to a step', () => {
    const { tree } = treeWithPages();
    assert.equal(
      pathText(tree, rowOf(tree, '2')),
      'process @1\n  .shop Shop @3\n    .carts Map @5',
    );
  });

  it('leads from a retainer to the step that it holds', async () => {
    const { tree, answer } = treeWithPages();
    expand(tree, '2');
    await answer(two());
    expand(tree, '2/0');
    await answer(two());
    assert.equal(
      pathText(tree, rowOf(tree, '2/0/1')),
      '<b>Bold</b> @10003\n' +
        `  <img src=x onerror="document.title='hacked'"> CartService @10001 (src/cart/cartService.ts:19)\n` +
        '    .owner0 Map @5',
    );
  });
});
