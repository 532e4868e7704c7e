import assert from 'node:assert/strict';
import type { Finding, PathStep } from '../../../src/leaks/leakReport';
import { fingerprintOf } from '../../../src/report/fingerprint';
import { leakReport } from './sampleReports';

const [finding] = leakReport.findings;
const FILE = 'src/pricing.ts';

function step(edge: string, className = 'Object', objectId = 1): PathStep {
  return { edge, className, objectId };
}

/** The fingerprint of the finding with another path below its variable. */
function withPath(...edges: string[]): string {
  const path = [step('variable store'), ...edges.map((edge) => step(edge))];
  return fingerprintOf({ ...finding, path }, FILE);
}

describe('fingerprintOf', () => {
  it('is a version and 64 bits, and never changes: files in the field hold it', () => {
    assert.equal(fingerprintOf(finding, FILE), '1:e88e29c5266d0657');
    const umlauts = { ...finding, container: 'größe€𝒳\ud800' };
    assert.equal(fingerprintOf(umlauts, FILE), '1:20098331aed03a5d');
  });

  it('does not depend on lines, counts, object ids, titles, ranks or what was read of the file', () => {
    const later: Finding = {
      ...finding,
      rank: 7,
      confidence: 0.1,
      title: 'another title',
      countPerRound: 1,
      retainedBytesPerRound: 2,
      evidence: [],
      fix: 'another fix',
      bounded: true,
      sites: finding.sites.map((site) => ({ ...site, line: site.line + 9, text: 'x' })),
      path: finding.path.map(({ edge, className, objectId }) =>
        step(edge, className, objectId + 1000),
      ),
    };
    assert.equal(fingerprintOf(later, FILE), fingerprintOf(finding, FILE));
  });

  it('does not depend on the way to the variable, nor on its minified name', () => {
    const tail = [step('.items'), step('[3]', 'Item')];
    const short = { ...finding, path: [step('variable a'), ...tail] };
    const long = {
      ...finding,
      path: [step('(root)'), step('.exports'), step('variable b'), ...tail],
    };
    assert.equal(fingerprintOf(short, FILE), fingerprintOf(long, FILE));
  });

  it('does not depend on keys, indices and the length of lists', () => {
    assert.equal(
      withPath('entry "cart-1"', '.next'),
      withPath('entry 17', '.next', '… 75 steps … .next'),
    );
    assert.equal(withPath('[100]'), withPath('["a key"]'));
  });

  it('does not depend on where in the lists of Node.js a timer hangs', () => {
    const hanging = (edge: string): Finding => {
      return { ...finding, shape: 'timer', path: [step('variable timerListMap'), step(edge)] };
    };
    assert.equal(
      fingerprintOf(hanging('._idleNext'), FILE),
      fingerprintOf(hanging('._idlePrev'), FILE),
    );
  });

  for (const [what, other] of [
    ['shape', { shape: 'set' }],
    ['class', { className: 'Order' }],
    ['container', { container: 'orders' }],
  ] as const) {
    it(`depends on the ${what}`, () => {
      assert.notEqual(fingerprintOf({ ...finding, ...other }, FILE), fingerprintOf(finding, FILE));
    });
  }

  it('depends on the file, and on the edges below the variable', () => {
    assert.notEqual(fingerprintOf(finding, 'src/a.ts'), fingerprintOf(finding, FILE));
    assert.notEqual(withPath('.data', '[1]'), withPath('.end', '[1]'));
    assert.notEqual(withPath('["<symbol kEvents>"]'), withPath('["<symbol kOther>"]'));
  });
});
