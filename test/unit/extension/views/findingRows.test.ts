import assert from 'node:assert/strict';
import { findingRows, matchesFilter } from '../../../../src/extension/views/findingRows';
import { shopResult as shown } from '../../../webview/shopResult';
import { drawRows, rowIds } from './drawRows';

const shopResult = { id: 1, report: { ...shown.report, notices: [] }, ignored: [] };
const all = { grouping: 'file', filter: '', knownAs: () => undefined } as const;

describe('findingRows', () => {
  it('show findings by file, with their lines and chains', () => {
    assert.equal(
      drawRows(findingRows(shopResult, all)),
      `src/cart/cartHistory.ts | 1
  recentCarts Map in src/cart/cartHistory.ts grows with every request | +12.4 MB per round
    added at src/cart/cartHistory.ts:41 | recentCarts.set(cart.id, new CartSnapshot(cart, request));
    kept by src/cart/cartHistory.ts:8 | const recentCarts = new Map<string, CartSnapshot>();
    (GC root)
    recentCarts → Context
    .recentCarts → Map | src/cart/cartHistory.ts:8
    table → Array
    [key] → CartSnapshot | src/cart/cartSnapshot.ts:12
No source line | 1
  Listeners on process for "warning" pile up | +3.1 kB per round
    (GC root)
    ._events → Object
    .warning → Array
`,
    );
  });

  it('can be grouped by class and by confidence', () => {
    const groups = (grouping: 'class' | 'confidence') =>
      findingRows(shopResult, { ...all, grouping }).map(({ label }) => label);
    const classes = shopResult.report.findings.map(({ className }) => className);
    assert.deepEqual(groups('class'), classes);
    const [first, second] = shopResult.report.findings;
    const findings = [
      { ...first, confidence: 0.95 },
      { ...second, confidence: 0.6 },
      { ...second, confidence: 0.1 },
    ];
    const report = { ...shopResult.report, findings };
    assert.deepEqual(
      findingRows({ ...shopResult, report }, { ...all, grouping: 'confidence' }).map(
        (row) => row.label,
      ),
      ['High confidence', 'Medium confidence', 'Low confidence'],
    );
  });

  it('lead to the line: the finding to its first site, each step to its own', () => {
    const [[first], [second]] = findingRows(shopResult, all).map(({ children }) => children!);
    const place = { kind: 'site', resultId: 1, rank: 1, index: 0 };
    assert.deepEqual(first.click?.argument, place);
    assert.deepEqual(
      first.children!.map(({ click }) => click?.argument as { kind: string } | undefined),
      [
        { ...place },
        { ...place, index: 1 },
        undefined,
        undefined,
        { ...place, kind: 'step', index: 2 },
        undefined,
        { ...place, kind: 'step', index: 4 },
      ],
    );
    assert.equal(second.click?.command, 'leakline.showRetainers');
    assert.deepEqual(second.click.argument, { rank: 2 });
  });

  it('say that nothing was found, or that nothing matches', () => {
    const clean = { ...shopResult.report, verdict: 'clean', findings: [] } as const;
    assert.equal(drawRows(findingRows({ ...shopResult, report: clean }, all)), 'No leak found\n');
    const none = findingRows(shopResult, { ...all, filter: 'no such thing' });
    assert.equal(drawRows(none), 'No finding matches the filter\n');
  });

  it('say first which memory grows, and what to know of the run', () => {
    const headline = 'The JavaScript heap is flat.';
    const report = { ...shopResult.report, headline, notices: ['Another round followed.'] };
    const labels = findingRows({ ...shopResult, report }, all).map(({ label }) => label);
    assert.deepEqual(labels.slice(0, 2), [headline, 'Another round followed.']);
    assert.equal(labels.length, 4);
  });

  it('fold the steps inside Node.js', () => {
    const [first] = shopResult.report.findings;
    const inside = Array.from({ length: 6 }, (_, index) => ({
      ...{ edge: `.step${index}`, className: 'Object', objectId: index },
    }));
    const findings = [{ ...first, sites: [], path: [...inside, ...first.path.slice(-3)] }];
    const [group] = findingRows({ ...shopResult, report: { ...shopResult.report, findings } }, all);
    const [folded, ...shown] = group.children![0].children!;
    assert.deepEqual([folded.label, folded.collapsed], ['6 steps inside Node.js', true]);
    assert.equal(folded.children?.length, 6);
    assert.equal(shown.length, 3);
  });

  it('show what is ignored last and closed, why, and by whom', () => {
    const known = {
      fingerprint: '1:0',
      reason: 'one per product',
      author: 'Ada',
      date: '2026-01-02',
    };
    const [first, second] = shopResult.report.findings;
    const result = {
      ...shopResult,
      report: { ...shopResult.report, findings: [second] },
      ignored: [first],
    };
    const rows = findingRows(result, { ...all, knownAs: () => known });
    assert.deepEqual(
      rows.map(({ label, collapsed = false }) => [label, collapsed]),
      [
        ['No source line', false],
        ['1 ignored', true],
      ],
    );
    const [[open], [ignored]] = rows.map(({ children = [] }) => children);
    assert.deepEqual([open.kind, ignored.kind], ['finding', 'ignoredFinding']);
    assert.ok(ignored.collapsed);
    assert.equal(ignored.description, 'ignored: one per product');
    assert.match(ignored.tooltip ?? '', /\(Ada, 2026-01-02\)/);
  });

  it('say that no leak is left where all are ignored', () => {
    const { id, report } = shopResult;
    const none = { ...report, verdict: 'clean', findings: [] } as const;
    const rows = findingRows({ id, report: none, ignored: report.findings }, all);
    const labels = rows.map(({ label }) => label);
    assert.deepEqual(labels, ['No leak found', '2 ignored']);
  });

  it('have an id of their own each', () => {
    const ignored = shopResult.report.findings.map((finding, at) => ({ ...finding, rank: 7 + at }));
    const ids = rowIds(findingRows({ ...shopResult, ignored }, all));
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('matchesFilter', () => {
  const [finding] = shopResult.report.findings;

  it('finds each word anywhere, in any case', () => {
    for (const filter of ['', 'RECENTCARTS', 'carthistory snapshot', '  map  ']) {
      assert.ok(matchesFilter(finding, filter), filter);
    }
    assert.ok(!matchesFilter(finding, 'carthistory listener'));
  });
});
