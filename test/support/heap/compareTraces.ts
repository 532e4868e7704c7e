import assert from 'node:assert/strict';
import type { AllocationFrame, AllocationTraces } from '../../../src/heap/allocationTraces';
import type { HeapSnapshot } from '../../../src/heap/heapSnapshot';
import type { OracleAnswer, OracleFrame } from '../devtools/devtoolsOracle';

/** Fails unless Leakline and DevTools agree on who allocated which node, and how much in all. */
export function assertSameTraces(ours: HeapSnapshot, theirs: OracleAnswer): void {
  const { allocationTraces } = ours.graph;
  assert.equal(allocationTraces !== undefined, theirs.traces !== undefined, 'traces');
  if (!allocationTraces || !theirs.traces) return;
  const { traceIds, stacks, functions } = theirs.traces;
  assert.deepEqual([...allocationTraces.traceIdOf], traceIds);
  const compared = new Set<number>();
  for (const [node, id] of traceIds.entries()) {
    if (compared.has(id)) continue;
    compared.add(id);
    const stack: OracleFrame[] | undefined = allocationTraces.stackOf(node)?.map(devtoolsFrame);
    // DevTools ends a stack with V8's root.
    assert.deepEqual(stack, stacks[id]?.slice(0, -1), `trace ${id}`);
  }
  const totals = functions.map(({ name, scriptName, scriptId, line, column, ...amounts }) => {
    const { count, size, liveCount, liveSize } = amounts;
    return [name, scriptName, scriptId, line, column, count, size, liveCount, liveSize].join();
  });
  assert.deepEqual(totalsByFunction(ours, allocationTraces), totals.sort());
}

function devtoolsFrame({ position, ...frame }: AllocationFrame): OracleFrame {
  return { ...frame, line: position?.line ?? 0, column: position?.column ?? 0 };
}

/** What each function allocated by itself, and what is left of it, in DevTools' order of columns. */
function totalsByFunction({ graph, selfSizes }: HeapSnapshot, traces: AllocationTraces): string[] {
  const { tree, functions } = traces;
  const totals = Array.from(functions.nameOf, () => [0, 0, 0, 0]);
  for (const [row, index] of tree.functionOf.entries()) {
    totals[index][0] += tree.countOf[row];
    totals[index][1] += tree.sizeOf[row];
  }
  for (let node = 0; node < graph.nodeCount; node++) {
    const row = traces.rowOf(node);
    // DevTools leaves out where nothing was allocated according to V8.
    if (row < 0 || tree.countOf[row] === 0) continue;
    totals[tree.functionOf[row]][2]++;
    totals[tree.functionOf[row]][3] += selfSizes[node];
  }
  return totals
    .map((amounts, index) => ({ frame: devtoolsFrame(traces.frame(index)), amounts }))
    .filter(({ amounts: [count] }) => count > 0)
    .map(({ frame: { functionName, scriptName, scriptId, line, column }, amounts }) =>
      [functionName, scriptName, scriptId, line, column, ...amounts].join(),
    )
    .sort();
}
