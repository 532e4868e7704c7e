import assert from 'node:assert/strict';
import type { Investigation } from '../../../../src/investigation/investigation';
import type { OpenResult } from '../../../../src/extension/results/currentResult';
import type { IgnoredFindings } from '../../../../src/extension/results/ignoredFindings';
import { TrackedPlaces } from '../../../../src/extension/results/trackedPlaces';
import { textHash } from '../../../../src/source/textHash';
import { shopResult } from '../../../webview/shopResult';

/** An investigation that was never run: what a test does not give must not be called. */
export function fakeInvestigation(parts: Partial<Investigation> = {}): Investigation {
  const unexpected = () => Promise.reject(new Error('not expected in this test'));
  return {
    findLeaks: unexpected,
    compare: unexpected,
    reopen: () => assert.fail('not expected in this test'),
    retainers: unexpected,
    locate: unexpected,
    remap: unexpected,
    dispose: () => undefined,
    ...parts,
  };
}

/** What its files had when it was found. */
export const SHOP_TEXT = 'the text at the run\n';

/** The demo shop's result, with the ordinals of its path in the analysis. */
export function openResult(parts: Partial<Investigation> = {}): OpenResult {
  const { report, nodes, id } = shopResult;
  const suspects = report.findings.map((finding, index) => ({
    ...finding,
    containers: 1,
    leakedKeys: [],
    anchors: [],
    path: finding.path.map((step, at) => ({ ...step, node: nodes[index][at]! })),
  }));
  const { verdict, rounds, heapBytes, memory } = report;
  const externalBytes = memory.map((reading) => reading.externalBytes);
  const files = ['cartHistory', 'cartSnapshot'].map((name) => ({
    file: `/shop/src/cart/${name}.ts`,
    hash: textHash(SHOP_TEXT),
    differed: false,
  }));
  return {
    id,
    root: '/shop',
    foundAt: 1_000,
    places: new TrackedPlaces('/shop', report, files),
    ...{ report, wholeReport: report, ignored: [] },
    analysis: { verdict, inDoubt: false, rounds, heapBytes, externalBytes, suspects, scripts: [] },
    snapshots: [],
    files,
    investigation: fakeInvestigation(parts),
  };
}

/** Known findings of which there are none. */
export const nothingIgnored: IgnoredFindings = {
  onDidChange: () => ({ dispose: () => {} }),
  entryOf: () => undefined,
};
