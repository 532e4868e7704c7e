import type { Finding, LeakReport, PathStep, Site } from '../../../src/leaks/leakReport';

const growth: Site = {
  role: 'growth',
  file: 'src/pricing.ts',
  line: 51,
  column: 3,
  text: 'quotes.set(cart.id, quote);',
  generated: { url: 'file:///shop/dist/pricing.js', line: 44, column: 5 },
};

const retention: Site = {
  role: 'retention',
  file: 'src/pricing.ts',
  line: 46,
  column: 7,
  text: 'const quotes = new Map<string, PriceQuote>();',
  generated: { url: 'file:///shop/dist/pricing.js', line: 40, column: 7 },
};

const allocation: Site = {
  role: 'allocation',
  file: 'src/pricing.ts',
  line: 30,
  column: 3,
  text: 'constructor(',
  generated: { url: 'file:///shop/dist/pricing.js', line: 27, column: 16 },
};

const mapFinding: Finding = {
  rank: 1,
  confidence: 0.954,
  title: '`quotes` Map in src/pricing.ts keeps every PriceQuote',
  shape: 'map',
  className: 'PriceQuote',
  countPerRound: 200,
  retainedBytesPerRound: 123_456,
  growth: { counts: [0, 200, 400, 600], bytes: [0, 123_456, 246_912, 370_368] },
  sites: [retention, growth, allocation],
  path: [
    { edge: '', className: '(GC root)', objectId: 1 },
    { edge: '2', className: 'global / ', objectId: 3 },
    { edge: '.CustomEvent', className: 'Function', objectId: 5 },
    { edge: 'scope', className: 'system / Context', objectId: 7 },
    { edge: 'variable process', className: 'process', objectId: 9 },
    { edge: '.mainModule', className: 'Module', objectId: 11 },
    {
      edge: 'quoteCart()',
      className: 'Function',
      objectId: 13,
      site: { file: 'src/pricing.ts', line: 49, column: 1 },
    },
    {
      edge: 'quotes',
      className: 'Map',
      objectId: 15,
      site: { file: 'src/pricing.ts', line: 46, column: 7 },
    },
    {
      edge: '["cart-0b9c8f9e-0000-4000-8000-000000000000"]',
      className: 'PriceQuote',
      objectId: 17,
    },
  ],
  evidence: [
    '200 more PriceQuote objects after each of 3 rounds, and not one of those from an earlier round was ever freed in between.',
    'All are entries of one Map, which grew by exactly 200 entries a round.',
    'Nothing in src/pricing.ts removes from `quotes`.',
  ],
  fix: 'Delete from `quotes` what is no longer needed, or give it a limit and evict the oldest entry beyond it (LRU).',
  bounded: false,
};

const listenerFinding: Finding = {
  rank: 2,
  confidence: 1,
  title: "'data' listeners",
  shape: 'listener',
  className: '(closure)',
  countPerRound: 1 / 3,
  retainedBytesPerRound: -12,
  growth: { counts: [0, 0, 1, 1], bytes: [0, 0, -36, -36] },
  sites: [],
  path: [],
  evidence: [],
  fix: 'Remove the listener when the work is done.',
  bounded: false,
};

/** A report with one finding that has everything and one that has next to nothing. */
export const leakReport: LeakReport = {
  schemaVersion: 1,
  verdict: 'leak',
  rounds: 3,
  headline: 'Most of what grows lies outside of the JavaScript heap.',
  heapBytes: [10_100_000, 10_900_000, 11_500_000, 12_200_000],
  memory: [
    { heapBytes: 10_000_000, externalBytes: 100_000, residentBytes: 60_000_000 },
    { heapBytes: 10_800_000, externalBytes: 100_000, residentBytes: 110_000_000 },
    { heapBytes: 11_400_000, externalBytes: 100_000 },
    { heapBytes: 12_100_000, externalBytes: 100_000 },
  ],
  findings: [mapFinding, listenerFinding],
  notices: ['Another client reset the object ids before snapshot 2; a new baseline was taken.'],
};

export const cleanReport: LeakReport = {
  schemaVersion: 1,
  verdict: 'clean',
  rounds: 1,
  heapBytes: [10_100_000, 10_110_000],
  memory: [
    { heapBytes: 10_100_000, externalBytes: 0 },
    { heapBytes: 10_110_000, externalBytes: 0 },
  ],
  findings: [],
  notices: [],
};

export const inconclusiveReport: LeakReport = {
  ...cleanReport,
  verdict: 'inconclusive',
  notices: ['The heap grew in one round of three only. Run more rounds.'],
};

/** A retaining chain that nobody wants to read in full. */
export const linkedListReport: LeakReport = {
  ...leakReport,
  findings: [{ ...mapFinding, path: Array.from({ length: 300 }, listNode) }],
  notices: [],
};

function listNode(_: unknown, index: number): PathStep {
  return { edge: '.next', className: `Node${index}`, objectId: 2 * index + 1 };
}

/** What a hostile target would like its readers' terminals and pull requests to do. */
const ATTACK =
  '\u001b[2J\u009b31m\r\n\n# Owned\n- [x](javascript:alert(1)) <img src=x onerror=alert(1)> ```\n' +
  '</details> `code` **bold** _em_ @root #1 https://evil.example www.evil.example ![i](//e) ' +
  'a&amp;b $x$ ~~no~~ | cell | \u202egpj.exe\u2066 \u2028 \ud800';

/** The sample report with the attack in every string that comes from the target. */
export const hostileReport: LeakReport = {
  ...leakReport,
  findings: [
    {
      ...mapFinding,
      title: ATTACK,
      className: ATTACK,
      sites: mapFinding.sites.map((site) => ({ ...site, file: ATTACK, text: ATTACK })),
      path: mapFinding.path.map((step) => ({ ...step, edge: ATTACK, className: ATTACK })),
      evidence: [ATTACK, `1. ${ATTACK}`, `- ${ATTACK}`],
      fix: ATTACK,
    },
  ],
  notices: [ATTACK],
};
