import assert from 'node:assert/strict';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { NodeKinds } from '../../../src/leaks/nodeKinds';
import { findSizeGrowth } from '../../../src/leaks/sizeGrowth';
import { digestSnapshot } from '../../../src/leaks/snapshotDigest';
import { drawRounds } from '../../support/roundsText';

function findGrowth(drawing: string, rounds: number) {
  const drawn = drawRounds(drawing, rounds);
  const snapshots = drawn.map(({ graph }) => analyzeGraph(graph));
  const last = snapshots[rounds];
  const { labels } = drawn[rounds];
  return findSizeGrowth(last, snapshots.map(digestSnapshot), new NodeKinds(last.graph)).map(
    ({ owner, grown, bytes }) => ({
      owner: labels([owner])[0],
      grown: labels([grown])[0],
      bytes: [...bytes],
    }),
  );
}

/** A member that is replaced after each round, one size for each snapshot. */
function replaced(sizes: readonly number[]) {
  const label = (i: number) => (i + 1 < sizes.length ? `flat+${i}-${i + 1}` : `flat+${i}`);
  return {
    edges: (name: string) => sizes.map((_, i) => `  ${name} -> ${label(i)}\n`).join(''),
    nodes: (type: string) => sizes.map((size, i) => `${label(i)} ${type} ${size}\n`).join(''),
  };
}

/** A variable that holds a string of these sizes; the scope is there from round `born` on. */
function logVariable(sizes: readonly number[], born = 0) {
  const log = replaced(sizes);
  return findGrowth(
    `
root
  global:shortcut -> scope+${born}
scope+${born} "system / Context"
${log.edges('log:context')}${log.nodes(':string')}`,
    sizes.length - 1,
  );
}

describe('findSizeGrowth', () => {
  it('finds an array of small integers whose storage is doubled in some rounds', () => {
    const storage = replaced([20_000, 40_000, 80_000, 80_000, 160_000]);
    const found = findGrowth(
      `
root
  global:shortcut -> numbers
numbers "Array" 16
${storage.edges('elements:internal')}${storage.nodes(':array')}`,
      4,
    );
    assert.deepEqual(found, [
      {
        owner: 'numbers',
        grown: 'numbers',
        bytes: [20_016, 40_016, 80_016, 80_016, 160_016],
      },
    ]);
  });

  it('finds a string variable that is replaced by a longer one', () => {
    assert.deepEqual(logVariable([20_000, 40_000, 60_000, 80_000]), [
      { owner: 'scope+0', grown: 'flat+3', bytes: [20_000, 40_000, 60_000, 80_000] },
    ]);
  });

  it('finds what began too small to be followed', () => {
    // Below 4096 bytes counts as nothing.
    const [found] = logVariable([4_000, 30_000, 60_000]);
    assert.deepEqual(found.bytes, [0, 30_000, 60_000]);
  });

  it('finds growth in the only round', () => {
    assert.equal(logVariable([10_000, 30_000]).length, 1);
  });

  it('leaves out less than 16 kB a round', () => {
    const atLeast = 3 * 16 * 1024;
    const grownBy = (bytes: number) => [5_000, 10_000, 20_000, 5_000 + bytes];
    assert.equal(logVariable(grownBy(atLeast)).length, 1);
    assert.equal(logVariable(grownBy(atLeast - 1)).length, 0);
  });

  it('leaves out what shrank in between', () => {
    assert.deepEqual(logVariable([20_000, 90_000, 89_000, 200_000]), []);
  });

  it('leaves out what grew in few rounds', () => {
    assert.deepEqual(logVariable([20_000, 20_000, 20_000, 200_000]), []);
  });

  it('leaves out new objects', () => {
    assert.deepEqual(logVariable([0, 40_000, 60_000, 90_000], 1), []);
  });
});
