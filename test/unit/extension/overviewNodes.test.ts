import assert from 'node:assert/strict';
import {
  overviewNodes,
  type Overview,
  type OverviewNode,
} from '../../../src/extension/overviewNodes';
import { shopResult } from '../../webview/shopResult';

const nothing: Overview = {
  attached: undefined,
  waitingFor: undefined,
  result: undefined,
  ignored: new Map(),
  snapshots: [],
};
const attached = { title: '/shop/dist/server.js[4711]', address: '127.0.0.1:9229' };
const snapshot = { path: '/store/a.heapsnapshot', name: 'a', bytes: 2_500_000, takenAt: 1 };

/** The rows as an indented text. */
function draw(nodes: readonly OverviewNode[], indent = ''): string {
  return nodes
    .map(({ label, description, children }) => {
      const row = `${indent}${label}${description === undefined ? '' : ` | ${description}`}\n`;
      return row + draw(children ?? [], `${indent}  `);
    })
    .join('');
}

describe('overviewNodes', () => {
  it('are none where there is nothing, so that the welcome is seen', () => {
    assert.deepEqual(overviewNodes(nothing), []);
  });

  it('show connection, findings with sites and chain, and snapshots', () => {
    const nodes = overviewNodes({
      ...nothing,
      attached,
      result: shopResult,
      snapshots: [snapshot],
    });
    assert.equal(
      draw(nodes),
      `server.js[4711] | 127.0.0.1:9229
Findings | 3 rounds, heap 8.4 MB → 45.6 MB
  recentCarts Map in src/cart/cartHistory.ts grows with every request | +12.4 MB per round
    added at src/cart/cartHistory.ts:41 | recentCarts.set(cart.id, new CartSnapshot(cart, request));
    kept by src/cart/cartHistory.ts:8 | const recentCarts = new Map<string, CartSnapshot>();
    (GC root)
    recentCarts → Context
    .recentCarts → Map | src/cart/cartHistory.ts:8
    table → Array
    [key] → CartSnapshot | src/cart/cartSnapshot.ts:12
  Listeners on process for "warning" pile up | +3.1 kB per round
    (GC root)
    ._events → Object
    .warning → Array
Snapshots | 1, 2.5 MB
  a | 2.5 MB
`,
    );
  });

  it('lead to the line: the finding to its first site, each step to its own', () => {
    const [, findings] = overviewNodes({ ...nothing, result: shopResult });
    const [first, second] = findings.children!;
    assert.deepEqual(first.place, { kind: 'site', resultId: 1, rank: 1, index: 0 });
    assert.deepEqual(
      first.children!.map(
        ({ place }) => place && `${place.kind} ${'index' in place && place.index}`,
      ),
      ['site 0', 'site 1', undefined, undefined, 'step 2', undefined, 'step 4'],
    );
    assert.equal(second.place, undefined);
    assert.equal(second.rank, 2);
  });

  it('say that nothing was found', () => {
    const clean = { ...shopResult.report, verdict: 'clean', findings: [] } as const;
    const nodes = overviewNodes({ ...nothing, result: { id: 1, report: clean } });
    assert.match(draw(nodes), /^Not attached\nFindings .*\n {2}No leak found\n$/);
  });

  it('say first which memory grows, with or without findings', () => {
    const headline = 'The JavaScript heap is flat; 2.0 MB more of ArrayBuffers each round.';
    for (const findings of [[], shopResult.report.findings]) {
      const report = { ...shopResult.report, findings, headline };
      const [, row] = overviewNodes({ ...nothing, result: { id: 1, report } });
      assert.equal(row.children?.[0].label, headline);
      assert.equal(row.children.length, 1 + Math.max(1, findings.length));
    }
  });

  it('say what a run waits for, and why where that was not planned', () => {
    const title = 'Extra round 1 of at most 3';
    const reason = 'It is in doubt.';
    const [, row] = overviewNodes({ ...nothing, waitingFor: { title, reason } });
    assert.equal(row.label, title);
    assert.ok(row.tooltip?.endsWith(reason));
  });

  it('show why a finding is ignored, by whom, and how it is told apart', () => {
    const known = {
      fingerprint: '1:0',
      reason: 'one per product',
      author: 'Ada',
      date: '2026-01-02',
    };
    const nodes = overviewNodes({ ...nothing, result: shopResult, ignored: new Map([[1, known]]) });
    const finding = nodes.find(({ kind }) => kind === 'findings')?.children?.[0];
    assert.equal(finding?.kind, 'ignoredFinding');
    assert.equal(finding.rank, 1);
    assert.equal(finding.description, 'ignored: one per product');
    assert.match(finding.tooltip ?? '', /\(Ada, 2026-01-02\)/);
  });

  it('have an id of their own each', () => {
    const ids: string[] = [];
    const collect = (nodes: readonly OverviewNode[]) => {
      for (const node of nodes) {
        ids.push(node.id);
        collect(node.children ?? []);
      }
    };
    collect(
      overviewNodes({
        ...nothing,
        attached,
        waitingFor: { title: 'Round 1 of 3' },
        result: { ...shopResult, report: { ...shopResult.report, headline: 'Flat.' } },
        snapshots: [snapshot],
      }),
    );
    assert.equal(new Set(ids).size, ids.length);
  });
});
