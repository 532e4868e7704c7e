import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyzeGraph, type HeapSnapshot } from '../../../src/heap/heapSnapshot';
import { drawHeap } from '../../support/graphText';
import {
  naiveDistances,
  naiveDominators,
  naiveImmediateDominators,
  naiveRetainedSizes,
  naiveShallowSizes,
} from '../../support/heap/naiveHeap';
import { randomDrawing } from '../../support/heap/randomHeap';

// Another number searches elsewhere; a failure prints it together with the smallest heap that fails.
const seed = 20_260_712;
const numRuns = 400;

function forRandomHeaps(check: (snapshot: HeapSnapshot) => void): void {
  const property = fc.property(randomDrawing, (drawing) =>
    check(analyzeGraph(drawHeap(drawing).graph)),
  );
  fc.assert(property, { seed, numRuns });
}

describe(`The passes over a heap, on ${numRuns} random heaps of seed ${seed}`, () => {
  it('find the dominators that removing nodes one by one shows', () => {
    forRandomHeaps(({ graph, dominatorOf }) => {
      assert.deepEqual([...dominatorOf], naiveImmediateDominators(naiveDominators(graph)));
    });
  });

  it('add up as retained what becomes unreachable without a node', () => {
    forRandomHeaps(({ graph, retainedSizes, selfSizes }) => {
      assert.deepEqual([...retainedSizes], naiveRetainedSizes(naiveDominators(graph), selfSizes));
    });
  });

  it('give sizes to the only owner there is', () => {
    forRandomHeaps(({ graph, selfSizes, detachednessOf }) => {
      assert.deepEqual([...selfSizes], naiveShallowSizes(graph, detachednessOf));
    });
  });

  it('measure the distances at which asking the retainers settles', () => {
    forRandomHeaps(({ graph, distances }) => {
      assert.deepEqual([...distances], naiveDistances(graph));
    });
  });
});
