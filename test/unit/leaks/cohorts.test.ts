import assert from 'node:assert/strict';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { birthRounds } from '../../../src/leaks/cohorts';
import { digestSnapshot } from '../../../src/leaks/snapshotDigest';
import { drawRounds } from '../../support/roundsText';

const DRAWING = `
root
  global:shortcut -> global
global
  a+1 -> first+1
  a+2 -> second+2
  a+3 -> third+3
  gone -> gone+1-2
  text -> text+2
first+1
second+2
third+3
gone+1-2
text+2 :string "born as well"
`;

describe('birthRounds', () => {
  it('is the number of the first snapshot that has the object, 0 for the baseline', () => {
    const drawn = drawRounds(DRAWING, 3);
    const digests = drawn.map(({ graph }) => digestSnapshot(analyzeGraph(graph)));
    const last = drawn[3];
    const births = birthRounds(last.graph, digests.slice(0, 3));
    assert.deepEqual(Object.fromEntries(last.labels(births.keys()).map((l, i) => [l, births[i]])), {
      ...{ root: 0, global: 0, 'first+1': 1, 'second+2': 2, 'third+3': 3, 'text+2': 2 },
    });
  });

  it('counts beyond a byte', () => {
    const [baseline, last] = drawRounds(DRAWING, 1);
    const digest = digestSnapshot(analyzeGraph(baseline.graph));
    const births = birthRounds(
      last.graph,
      Array.from({ length: 256 }, () => digest),
    );
    assert.equal(births[last.node('first+1')], 256);
    assert.equal(births[last.node('global')], 0);
  });
});
