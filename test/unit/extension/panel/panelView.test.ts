import assert from 'node:assert/strict';
import {
  panelResult,
  panelRetainers,
  readSelection,
} from '../../../../src/extension/panel/panelView';
import type { RetainersRequest } from '../../../../src/analysis/contract';
import { openResult } from '../results/openResult';

const row = {
  node: 7,
  edge: '.carts',
  className: 'CartService',
  objectId: 99,
  shallowBytes: 56,
  retainedBytes: 1000,
  distance: 3,
  expandable: true,
};

describe('panelResult', () => {
  it('gives every step its ordinal in the heap', () => {
    const { nodes } = panelResult(openResult());
    assert.deepEqual(nodes, [
      [0, 101, 102, 103, 104],
      [0, 201, 202],
    ]);
  });
});

describe('panelResult of findings of which one is ignored', () => {
  it('leaves that out, with its path, and says that there is one', () => {
    const whole = openResult();
    const [first, second] = whole.report.findings;
    const report = { ...whole.report, findings: [second] };
    const { nodes, ignored, ...shown } = panelResult({ ...whole, report, ignored: [first] });
    assert.deepEqual([nodes, ignored], [[[0, 201, 202]], 1]);
    assert.deepEqual(shown.report.findings, [second]);
  });
});

describe('readSelection', () => {
  it('reads what a panel saved, and nothing else', () => {
    assert.deepEqual(readSelection({ heap: 'a', rank: 2, expanded: [] }), { heap: 'a', rank: 2 });
    for (const state of [undefined, null, 'a', { heap: 'a' }, { heap: 1, rank: 2 }]) {
      assert.equal(readSelection(state), undefined);
    }
  });
});

describe('panelRetainers', () => {
  it('forwards to the investigation and adds the place in source', async () => {
    const asked: RetainersRequest[] = [];
    const result = openResult({
      retainers: (request) => {
        asked.push(request);
        const code = { scriptId: 88, line: 18, column: 2 };
        return Promise.resolve({ total: 2, rows: [{ ...row, code }, row] });
      },
      locate: () => Promise.resolve({ file: '/shop/src/cart.ts', line: 19, column: 3 }),
    });
    const page = await panelRetainers(result, {
      ...{ resultId: 1, node: 5, offset: 0, count: 200 },
      filter: 'cart',
    });
    assert.deepEqual(asked, [{ node: 5, offset: 0, count: 200, filter: 'cart' }]);
    assert.equal(page.total, 2);
    assert.deepEqual(page.rows[0]?.place, {
      label: 'src/cart.ts:19',
      reference: { kind: 'code', resultId: 1, scriptId: 88, line: 18, column: 2 },
    });
    assert.equal(page.rows[1]?.place, undefined);
  });

  it('refuses a result that is not open any more', async () => {
    const request = { resultId: 2, node: 5, offset: 0, count: 200, filter: '' };
    await assert.rejects(panelRetainers(openResult(), request), { code: 'usage' });
    await assert.rejects(panelRetainers(undefined, request), { code: 'usage' });
  });

  for (const page of [
    { node: 5, offset: 0, count: 201 },
    { node: -1, offset: 0, count: 1 },
    { node: 5, offset: 0.5, count: 1 },
  ]) {
    it(`refuses ${JSON.stringify(page)}`, async () => {
      await assert.rejects(panelRetainers(openResult(), { resultId: 1, filter: '', ...page }), {
        code: 'usage',
      });
    });
  }
});
