import assert from 'node:assert/strict';
import { findingDiagnostics } from '../../../src/extension/findingDiagnostics';
import type { LeakReport } from '../../../src/leaks/leakReport';
import { shopResult } from '../../webview/shopResult';

const { report } = shopResult;
const [first] = report.findings;

describe('findingDiagnostics', () => {
  it('stands on the first site of every finding that has one', () => {
    const diagnostics = findingDiagnostics('/shop', report);
    assert.deepEqual(
      diagnostics.map(({ place, code }) => ({ ...place, code })),
      [{ file: '/shop/src/cart/cartHistory.ts', line: 41, column: 5, code: 'map' }],
    );
  });

  it('says what grows, by how much, and how to fix it', () => {
    const [diagnostic] = findingDiagnostics('/shop', report);
    assert.equal(
      diagnostic?.message,
      '`recentCarts` Map in src/cart/cartHistory.ts grows with every request, +12.4 MB per round. ' +
        'Delete from `recentCarts` what is no longer needed, or give it a limit.',
    );
  });

  it('walks from the other sites over the leaked object up to the GC root', () => {
    const [diagnostic] = findingDiagnostics('/shop', report);
    assert.deepEqual(
      diagnostic?.related.map(({ place, message }) => [place.line, message]),
      [
        [8, 'kept by: const recentCarts = new Map<string, CartSnapshot>();'],
        [12, 'leaked: [key] CartSnapshot'],
        [8, 'held by: .recentCarts Map, reached by (GC root) → recentCarts Context'],
      ],
    );
  });

  it('makes one harmless line of what the target calls itself', () => {
    const hostile: LeakReport = {
      ...report,
      findings: [{ ...first, className: 'A\nB\u202e', title: 'grows\r\nfast', fix: 'a\nb' }],
    };
    const [diagnostic] = findingDiagnostics('/shop', hostile);
    assert.doesNotMatch(diagnostic.message, /[\n\r\u202e]/u);
  });
});
