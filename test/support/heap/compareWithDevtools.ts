import assert from 'node:assert/strict';
import { summarizeClasses, type ClassSummary } from '../../../src/heap/classSummary';
import type { HeapSnapshot } from '../../../src/heap/heapSnapshot';
import type { OracleAnswer } from '../devtools/devtoolsOracle';
import { assertSameTraces } from './compareTraces';

/** Fails unless Leakline and DevTools agree on every number of every node, class and trace. */
export function assertAgree(ours: HeapSnapshot, theirs: OracleAnswer): void {
  assert.equal(ours.graph.nodeCount, theirs.nodeCount, 'nodes');
  assert.equal(ours.graph.edgeCount, theirs.edgeCount, 'edges');
  assertSameColumn(ours, 'shallow size', ours.selfSizes, theirs.selfSizes);
  assertSameColumn(ours, 'dominator', ours.dominatorOf, theirs.dominatorOf);
  assertSameColumn(ours, 'retained size', ours.retainedSizes, theirs.retainedSizes);
  assertSameColumn(ours, 'distance', ours.distances, theirs.distances);
  assertSameColumn(ours, 'detachedness', ours.detachednessOf, theirs.detachedness);
  assert.equal(ours.totalBytes, theirs.totalBytes, 'bytes in all');
  assertSameClasses(ours, theirs);
  assertSameTraces(ours, theirs);
}

function assertSameColumn(
  { graph }: HeapSnapshot,
  what: string,
  ours: ArrayLike<number>,
  theirs: ArrayLike<number>,
): void {
  assert.equal(ours.length, theirs.length);
  let differing = 0;
  let first = -1;
  for (let node = 0; node < theirs.length; node++) {
    if (ours[node] === theirs[node]) continue;
    if (differing++ === 0) first = node;
  }
  if (differing === 0) return;
  assert.fail(
    `${differing} of ${theirs.length} nodes differ in their ${what}, first ${graph.nodeType(first)} ` +
      `"${graph.nodeName(first)}" (${first}): ${ours[first]}, but ${theirs[first]} in DevTools`,
  );
}

function assertSameClasses(ours: HeapSnapshot, theirs: OracleAnswer): void {
  const lines = (rows: readonly ClassSummary[]) =>
    rows
      .map((row) => `${row.name}: ${row.count}, ${row.shallowBytes} B, ${row.retainedBytes} B`)
      .sort();
  assert.deepEqual(lines(summarizeClasses(ours)), lines(theirs.classes));
}
