import assert from 'node:assert/strict';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { IdSet } from '../../../src/leaks/idSet';
import {
  digestSnapshot,
  requireSameIds,
  type SnapshotDigest,
} from '../../../src/leaks/snapshotDigest';
import { drawHeap } from '../../support/graphText';
import { repeat } from '../../support/roundsText';

const digestOf = (drawing: string) => digestSnapshot(analyzeGraph(drawHeap(drawing).graph));

describe('digestSnapshot', () => {
  it('keeps ids, total size and what holds 4 kB or more by itself', () => {
    const digest = digestOf(`
root
  global:shortcut -> list
list 16 "Array" @11
  small -> small
  elements:internal -> elements
elements :array 4080 @13
small 4095 @15
text :string 9000 "text" @17
`);
    assert.deepEqual(
      [1, 11, 12, 17].map((id) => digest.ids.has(id)),
      [true, true, false, true],
    );
    // All nodes count. The list's elements are its own storage, the text is no object.
    assert.equal(digest.totalBytes, 16 + 4080 + 4095 + 9000);
    assert.deepEqual([...digest.flatBytesById], [[11, 4096]]);
  });

  it('draws about one object or closure in 16, the same ones in every snapshot', () => {
    const heap = (first: number) =>
      digestOf(`root
  global:shortcut -> n0
${repeat(1600, (i) => `n${i} "C" @${first + 2 * i}\n`)}
text :string @99999
`);
    const { sample } = heap(101);
    assert.ok(sample.size > 80 && sample.size < 120, `${sample.size}`);
    assert.ok([...sample.values()].every((what) => what === 'object C'));
    const shared = [...sample.keys()].filter((id) => id >= 1701);
    const shifted = heap(1701).sample;
    assert.ok(shared.length > 0);
    assert.ok(shared.every((id) => shifted.has(id)));
  });
});

describe('requireSameIds', () => {
  /** A digest with a sample of these names, by id from 1 on; undefined leaves the id out. */
  const sampled = (...names: (string | undefined)[]): SnapshotDigest => ({
    ids: new IdSet([]),
    totalBytes: 0,
    externalBytes: 0,
    flatBytesById: new Map(),
    entriesById: new Map(),
    nativeCounts: new Map(),
    sample: new Map(
      names.flatMap((name, i) => (name === undefined ? [] : [[i + 1, name] as const])),
    ),
  });
  const ten = (name: string) => Array.from({ length: 10 }, () => name);
  const rejects = (earlier: SnapshotDigest, later: SnapshotDigest) =>
    assert.throws(() => requireSameIds(earlier, later), { code: 'incomparableSnapshots' });

  it('accepts ids that mean the same things', () => {
    requireSameIds(sampled(...ten('A')), sampled(...ten('A'), 'new'));
    requireSameIds(sampled(), sampled());
  });

  it('accepts up to one object in ten that goes by another name now', () => {
    requireSameIds(sampled(...ten('A')), sampled(...ten('A').fill('B', 9)));
    rejects(sampled(...ten('A')), sampled(...ten('A').fill('B', 8)));
  });

  it('rejects ids that came back on other things', () => {
    rejects(sampled(...ten('A')), sampled(...ten('B')));
  });

  it('rejects ids that are gone, but for the garbage of a round', () => {
    const survivors = (count: number) =>
      sampled(...ten('A').map((name, i) => (i < count ? name : undefined)));
    requireSameIds(sampled(...ten('A')), survivors(2));
    rejects(sampled(...ten('A')), survivors(1));
    rejects(sampled(...ten('A')), survivors(0));
  });
});
