import assert from 'node:assert/strict';
import type { PanelRetainerPage } from '../../../src/webview/panelContract';
import { RetainerTree, type ObjectRow, type TreeRow } from '../../../src/webview/retainerTree';
import { retainerPage, RETAINERS } from '../../webview/shopResult';

const path = [
  { edge: '', className: 'process', objectId: 1, node: 0, expandable: false },
  { edge: '.carts', className: 'Map', objectId: 3, node: 10, expandable: true },
];

/** A tree over pages that a test lets arrive one by one. */
function treeWithPages(expanded?: string[]) {
  const asked: { node: number; offset: number }[] = [];
  const answers: ((page: PanelRetainerPage | Error) => void)[] = [];
  const tree = new RetainerTree(
    path,
    (node, offset) => {
      asked.push({ node, offset });
      return new Promise((resolve, reject) => {
        answers.push((page) => (page instanceof Error ? reject(page) : resolve(page)));
      });
    },
    expanded,
  );
  return {
    tree,
    asked,
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
  };
}

const keys = (rows: readonly TreeRow[]) => rows.map(({ key }) => key);
const rowAt = (tree: RetainerTree, key: string) =>
  tree.rows().find((row) => row.key === key) as ObjectRow;
const small = (total: number): PanelRetainerPage => ({
  total,
  rows: retainerPage(10, 0, 2).rows,
});

describe('RetainerTree', () => {
  it('shows the path and asks for nothing by itself', () => {
    const { tree, asked } = treeWithPages();
    assert.deepEqual(keys(tree.rows()), ['0', '1']);
    assert.deepEqual(asked, []);
  });

  it('opens a row with its retainers, once they are there', async () => {
    const { tree, asked, answer } = treeWithPages();
    tree.expand(rowAt(tree, '1'));
    assert.deepEqual(asked, [{ node: 10, offset: 0 }]);
    assert.deepEqual(keys(tree.rows()), ['0', '1', '1/loading']);
    await answer(small(2));
    assert.deepEqual(keys(tree.rows()), ['0', '1', '1/0', '1/1']);
    assert.deepEqual(
      [rowAt(tree, '1/1').level, rowAt(tree, '1/1').position, rowAt(tree, '1/1').siblings],
      [2, 2, 2],
    );
  });

  it('does not open what cannot be opened', () => {
    const { tree, asked } = treeWithPages();
    tree.expand(rowAt(tree, '0'));
    assert.deepEqual(asked, []);
    assert.equal(rowAt(tree, '0').expanded, false);
  });

  it('keeps loaded rows while closed', async () => {
    const { tree, asked, answer } = treeWithPages();
    tree.expand(rowAt(tree, '1'));
    await answer(small(2));
    tree.collapse(rowAt(tree, '1'));
    assert.deepEqual(keys(tree.rows()), ['0', '1']);
    tree.expand(rowAt(tree, '1'));
    assert.deepEqual(keys(tree.rows()), ['0', '1', '1/0', '1/1']);
    assert.equal(asked.length, 1);
  });

  it('asks for page after page', async () => {
    const { tree, asked, answer } = treeWithPages();
    tree.expand(rowAt(tree, '1'));
    await answer(retainerPage(10, 0, 200));
    const more = tree.rows().at(-1)!;
    assert.ok(more.kind === 'more');
    assert.equal(more.text, 'Show 200 more of 250');
    tree.loadMore(more);
    tree.loadMore(more);
    assert.deepEqual(asked, [
      { node: 10, offset: 0 },
      { node: 10, offset: 200 },
    ]);
    await answer(retainerPage(10, 200, 200));
    const last = tree.rows().at(-1)!;
    assert.ok(last.kind === 'more');
    tree.loadMore(last);
    await answer(retainerPage(10, 400, 200));
    assert.equal(tree.rows().length, 2 + RETAINERS);
  });

  it('says that nothing else holds an object', async () => {
    const { tree, answer } = treeWithPages();
    tree.expand(rowAt(tree, '1'));
    await answer({ total: 0, rows: [] });
    assert.equal(tree.rows().at(-1)?.kind, 'none');
  });

  it('shows what went wrong and tries again', async () => {
    const { tree, asked, answer } = treeWithPages();
    tree.expand(rowAt(tree, '1'));
    await answer(new Error('The worker ended.'));
    const failed = tree.rows().at(-1)!;
    assert.ok(failed.kind === 'failed');
    assert.match(failed.text, /The worker ended\./);
    tree.loadMore(failed);
    await answer(small(2));
    assert.equal(asked.length, 2);
    assert.deepEqual(keys(tree.rows()), ['0', '1', '1/0', '1/1']);
  });

  it('opens again what was open before, level by level', async () => {
    const { tree, asked, answer } = treeWithPages(['1', '1/0']);
    assert.equal(tree.isLoading, true);
    await answer(small(2));
    assert.deepEqual(asked, [
      { node: 10, offset: 0 },
      { node: 10_000, offset: 0 },
    ]);
    await answer(small(2));
    assert.deepEqual(keys(tree.rows()), ['0', '1', '1/0', '1/0/0', '1/0/1', '1/1']);
    assert.equal(tree.isLoading, false);
    assert.deepEqual(tree.expandedKeys, ['1', '1/0']);
  });
});
