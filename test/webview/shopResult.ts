import type { PanelResult, PanelRetainerPage } from '../../src/webview/panelContract';

const generated = { url: 'file:///shop/dist/session.js', line: 20, column: 3 };

/** A result as the demo shop gives it, with a second finding and a notice. */
export const shopResult: PanelResult = {
  id: 1,
  ignored: 0,
  heap: 'round-3.heapsnapshot',
  stepsInsideNode: [0, 0],
  nodes: [
    [0, 101, 102, 103, 104],
    [0, 201, 202],
  ],
  report: {
    schemaVersion: 1,
    verdict: 'leak',
    rounds: 3,
    heapBytes: [8_412_000, 20_811_000, 33_206_000, 45_618_000],
    memory: [8_412_000, 20_811_000, 33_206_000, 45_618_000].map((heapBytes) => ({
      heapBytes,
      externalBytes: 0,
    })),
    notices: [
      'Another client reset the object ids during round 1, so the baseline was taken again.',
    ],
    findings: [
      {
        rank: 1,
        confidence: 0.93,
        title: '`recentCarts` Map in src/cart/cartHistory.ts grows with every request',
        shape: 'map',
        className: 'CartSnapshot',
        countPerRound: 1200,
        retainedBytesPerRound: 12_402_311,
        growth: { counts: [0, 1200, 2400, 3600], bytes: [0, 12_402_311, 24_804_622, 37_206_933] },
        sites: [
          {
            role: 'growth',
            file: 'src/cart/cartHistory.ts',
            line: 41,
            column: 5,
            text: 'recentCarts.set(cart.id, new CartSnapshot(cart, request));',
            generated,
          },
          {
            role: 'retention',
            file: 'src/cart/cartHistory.ts',
            line: 8,
            column: 7,
            text: 'const recentCarts = new Map<string, CartSnapshot>();',
            generated,
          },
        ],
        path: [
          { edge: '', className: '(GC root)', objectId: 1 },
          { edge: 'recentCarts', className: 'Context', objectId: 7121 },
          {
            edge: '.recentCarts',
            className: 'Map',
            objectId: 7129,
            site: { file: 'src/cart/cartHistory.ts', line: 8, column: 7 },
          },
          { edge: 'table', className: 'Array', objectId: 7131 },
          {
            edge: '[key]',
            className: 'CartSnapshot',
            objectId: 90211,
            site: { file: 'src/cart/cartSnapshot.ts', line: 12, column: 3 },
          },
        ],
        evidence: [
          'Grew in all 3 rounds by about the same amount.',
          'Nothing in src/cart/cartHistory.ts removes from `recentCarts`.',
        ],
        fix: 'Delete from `recentCarts` what is no longer needed, or give it a limit.',
        bounded: false,
      },
      {
        rank: 2,
        confidence: 0.4,
        title: 'Listeners on `process` for "warning" pile up',
        shape: 'listener',
        className: 'Function onWarning',
        countPerRound: 12,
        retainedBytesPerRound: 3_100,
        growth: { counts: [0, 12, 24, 36], bytes: [0, 3_100, 6_200, 9_300] },
        sites: [],
        path: [
          { edge: '', className: '(GC root)', objectId: 1 },
          { edge: '._events', className: 'Object', objectId: 13 },
          { edge: '.warning', className: 'Array', objectId: 15 },
        ],
        evidence: [],
        fix: 'Remove the listener when the work is done.',
        bounded: false,
      },
    ],
  },
};

/** Retainers in all of every node, unless told; the first page has 200 of them. */
export const RETAINERS = 450;

/** Retainers as a heap would have them: the first with source, the second with hostile names. */
export function retainerPage(
  node: number,
  offset: number,
  count: number,
  total = RETAINERS,
): PanelRetainerPage {
  const rows = Array.from({ length: Math.max(0, Math.min(count, total - offset)) }, (_, index) => {
    const nth = offset + index;
    return {
      node: node * 1000 + nth,
      edge: nth === 1 ? '<img src=x onerror="document.title=\'hacked\'">' : `.owner${nth}`,
      className: nth === 1 ? '<b>Bold</b>' : 'CartService',
      objectId: 10_001 + nth * 2,
      shallowBytes: 56,
      retainedBytes: 1_200_000 - (nth % 1000) * 1000,
      expandable: nth !== 2,
      ...(nth === 0 && {
        place: {
          label: 'src/cart/cartService.ts:19',
          reference: { kind: 'code', resultId: 1, scriptId: 88, line: 18, column: 2 } as const,
        },
      }),
    };
  });
  return { total, rows };
}
