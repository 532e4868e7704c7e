import assert from 'node:assert/strict';
import { CurrentResult } from '../../../../src/extension/results/currentResult';
import { findingDiagnostic, staleNote } from '../../../../src/extension/editor/findingDiagnostics';
import { FindingLines } from '../../../../src/extension/results/findingLines';
import type { Finding } from '../../../../src/leaks/leakReport';
import { fakeInvestigation, nothingIgnored, openResult } from '../results/openResult';

const [first] = openResult().report.findings;

function show(finding: Partial<Finding> = {}) {
  const results = new CurrentResult(nothingIgnored);
  const lines = new FindingLines(results);
  const result = openResult();
  const report = { ...result.report, findings: [{ ...first, ...finding }] };
  results.set({ ...result, report }, fakeInvestigation(), '/shop');
  return { lines, diagnostic: () => findingDiagnostic(lines.all[0]) };
}

describe('findingDiagnostic', () => {
  it('stands on the first site and names the shape', () => {
    const { place, code } = show().diagnostic();
    const file = '/shop/src/cart/cartHistory.ts';
    assert.deepEqual([place, code], [{ file, line: 41, column: 5 }, 'map']);
  });

  it('says what grows, by how much, and how to fix it', () => {
    assert.equal(
      show().diagnostic().message,
      '`recentCarts` Map in src/cart/cartHistory.ts grows with every request, +12.4 MB per round. ' +
        'Delete from `recentCarts` what is no longer needed, or give it a limit.',
    );
  });

  it('is a warning only if it is sure, and no more than information while it may only fill up', () => {
    const severities = [
      { confidence: 0.95 },
      { confidence: 0.95, bounded: true },
      { confidence: 0.5 },
      { confidence: 0.2 },
    ].map((finding) => show(finding).diagnostic().severity);
    assert.deepEqual(severities, ['warning', 'information', 'information', 'hint']);
  });

  it('walks from where it is allocated over where it is stored and held up to the GC root', () => {
    const made = {
      ...first.sites[0],
      role: 'allocation',
      line: 3,
      text: 'new CartSnapshot',
    } as const;
    const removal = { ...made, role: 'removal', line: 50, text: 'recentCarts.delete(id)' } as const;
    const { related } = show({ sites: [removal, ...first.sites, made] }).diagnostic();
    assert.deepEqual(
      related.map(({ place, message }) => [place.line, message]),
      [
        [3, 'allocated here: new CartSnapshot'],
        [41, 'stored here: recentCarts.set(cart.id, new CartSnapshot(cart, request));'],
        [8, 'kept by: const recentCarts = new Map<string, CartSnapshot>();'],
        [50, 'removed here: recentCarts.delete(id)'],
        [12, 'leaked: [key] CartSnapshot'],
        [8, 'held by: .recentCarts Map'],
        [8, 'GC root: (GC root) → recentCarts Context'],
      ],
    );
  });

  it('names the GC root also where no object on the way has a line', () => {
    const path = first.path.map(({ edge, className, objectId }) => ({ edge, className, objectId }));
    const { related, place } = show({ path }).diagnostic();
    assert.deepEqual(related.at(-1)?.place, place);
    assert.match(related.at(-1)!.message, /^GC root: \(GC root\) → .*CartSnapshot$/);
  });

  it('says that the file has changed, and moves its whole walk along', () => {
    const { lines, diagnostic } = show();
    const file = '/shop/src/cart/cartHistory.ts';
    const start = { line: 0, character: 0 };
    lines.edit(file, [{ range: { start, end: start }, text: '\n\n' }], () => 'another text');
    const { place, message, related } = diagnostic();
    assert.equal(place.line, 43);
    assert.ok(message.endsWith(staleNote()));
    // cartSnapshot.ts was not edited.
    assert.deepEqual(
      related.map((other) => other.place.line),
      [43, 10, 12, 10, 10],
    );
  });

  it('makes one harmless line of what the target calls itself', () => {
    const { message } = show({
      className: 'A\nB\u202e',
      title: 'grows\r\nfast',
      fix: 'a\nb',
    }).diagnostic();
    assert.doesNotMatch(message, /[\n\r\u202e]/u);
  });
});
