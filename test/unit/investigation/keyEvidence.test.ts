import assert from 'node:assert/strict';
import type { LiveKeys } from '../../../src/inspector/liveKeys';
import { fingerprintOf } from '../../../src/report/fingerprint';
import { leakReport } from '../report/sampleReports';
import { keySentences, withoutKeys } from '../../../src/investigation/keyEvidence';
import type { Finding, LeakShape } from '../../../src/leaks/leakReport';

/** Steps are `edge class`; the object id of a step is its index. */
function finding(shape: LeakShape, ...steps: [edge: string, className: string][]): Finding {
  return {
    rank: 1,
    confidence: 0.9,
    title: '',
    shape,
    className: '',
    countPerRound: 1,
    retainedBytesPerRound: 1,
    growth: { counts: [], bytes: [] },
    sites: [],
    path: steps.map(([edge, className], objectId) => ({ edge, className, objectId })),
    evidence: [],
    fix: '',
    bounded: false,
  };
}

const never = () => assert.fail('nothing to look at');
const keysOf = (expected: number, keys: LiveKeys | undefined) => (objectId: number) => {
  assert.equal(objectId, expected);
  return Promise.resolve(keys);
};

describe('keySentences', () => {
  it("names keys of the container, past V8's own tables", async () => {
    const map = finding(
      'map',
      ['variable carts', 'Map'],
      ['(table)', '(internal array)[]'],
      ['entry "a"', 'Cart'],
    );
    const look = keysOf(0, { kind: 'keys', samples: ['"a"', '7'] });
    assert.deepEqual(await keySentences(map, look), ['Some of its keys: "a", 7.']);
  });

  it('takes an object in an object for no list', async () => {
    const cache = finding('object', ['variable cache', 'Object'], ['.id1', 'Object']);
    const look = keysOf(0, { kind: 'names', samples: ['"id1"'] });
    assert.deepEqual(await keySentences(cache, look), ['Some of its properties: "id1".']);
  });

  it('says nothing of lists, of arrays, or if there is nothing to be had', async () => {
    const list = finding('object', ['.head', 'Node'], ['.next', 'Node'], ['.next', 'Node']);
    assert.deepEqual(await keySentences(list, never), []);
    const array = finding('array', ['.rows', 'Array'], ['[0]', 'Row']);
    assert.deepEqual(await keySentences(array, never), []);
    const map = finding('map', ['.rows', 'Map'], ['entry', 'Row']);
    assert.deepEqual(await keySentences(map, keysOf(0, undefined)), []);
  });

  it('names the event of listeners without a look', async () => {
    const emitter = finding(
      'listener',
      ['variable bus', 'EventEmitter'],
      ['._events', 'Object'],
      ['.tick', 'Array'],
      ['[3]', 'Function'],
    );
    assert.deepEqual(await keySentences(emitter, never), ['The event is tick.']);
    const target = finding(
      'listener',
      ['["<symbol kEvents>"]', 'Map'],
      ['entry "abort"', 'Object'],
      ['.next', 'Listener'],
    );
    assert.deepEqual(await keySentences(target, never), ['The event is "abort".']);
  });
});

describe('withoutKeys', () => {
  it('leaves no key on the path', () => {
    const edges = (of: Finding) => withoutKeys(of).path.map(({ edge }) => edge);
    const map = finding('map', ['.users', 'Map'], ['entry "ann@x.org"', 'User']);
    assert.deepEqual(edges(map), ['.users', 'entry …']);
    const nested = finding('map', ['["ann@x.org"]', 'Map'], ['entry', 'User']);
    assert.deepEqual(edges(nested), ['[…]', 'entry']);
    const object = finding('object', ['.users', 'Object'], ['.ann', 'User']);
    assert.deepEqual(edges(object), ['.users', '[…]']);
  });

  it('leaves the event of a listener only where the code has its name', () => {
    const path: [string, string] = ['._events', 'Object'];
    const leak = finding('listener', ['variable bus', 'EventEmitter'], path, ['.ann', 'Function']);
    const said = { evidence: ['The event is ann.', 'It grows.'], container: 'ann' };
    const [site] = leakReport.findings[0].sites;
    const computed = { ...leak, ...said, sites: [{ ...site, text: 'bus.on(user, greet);' }] };
    const written = { ...leak, ...said, sites: [{ ...site, text: "bus.on('ann', greet);" }] };
    assert.deepEqual(
      withoutKeys(computed).path.map(({ edge }) => edge),
      ['variable bus', '._events', '[…]'],
    );
    assert.deepEqual(withoutKeys(computed).evidence, ['It grows.']);
    assert.equal(withoutKeys(computed).container, undefined);
    assert.equal(withoutKeys(written).container, 'ann');
    for (const one of [computed, written]) {
      assert.equal(fingerprintOf(withoutKeys(one), 'a.js'), fingerprintOf(one, 'a.js'));
    }
  });
});
