import type { NodeOrdinal } from '../../../src/heap/heapGraph';
import type { HeapSnapshot } from '../../../src/heap/heapSnapshot';
import type { OracleClass } from '../devtools/devtoolsOracle';

/**
 * DevTools' class table, made of what Leakline knows of the nodes: instances of two constructors of
 * the same name are two classes, and nodes without a size of their own are in none.
 */
export function classRows(snapshot: HeapSnapshot): OracleClass[] {
  const { graph, selfSizes, retainedSizes, distances } = snapshot;
  const rows = new Map<string, OracleClass>();
  for (let node = 0; node < graph.nodeCount; node++) {
    if (selfSizes[node] === 0) continue;
    const key = classKey(snapshot, node);
    let row = rows.get(key);
    if (!row) {
      const name = snapshot.className(node);
      row = { key, name, count: 0, shallowBytes: 0, retainedBytes: 0, distance: Infinity };
      rows.set(key, row);
    }
    row.count++;
    row.shallowBytes += selfSizes[node];
    row.distance = Math.min(row.distance, distances[node]);
  }
  for (const node of outermost(snapshot)) {
    rows.get(classKey(snapshot, node))!.retainedBytes += retainedSizes[node];
  }
  return [...rows.values()];
}

function classKey(snapshot: HeapSnapshot, node: NodeOrdinal): string {
  const { graph } = snapshot;
  const location = graph.nodeType(node) === 'object' ? graph.location(node) : undefined;
  const place = location ? `${location.scriptId},${location.line},${location.column}` : '';
  return `${place},${snapshot.className(node)}`;
}

/** The nodes that no node of their own class dominates. */
function outermost(snapshot: HeapSnapshot): NodeOrdinal[] {
  const { graph, dominatorOf, selfSizes } = snapshot;
  const dominated = new Map<NodeOrdinal, NodeOrdinal[]>();
  for (let node = 1; node < graph.nodeCount; node++) {
    const above = dominatorOf[node];
    const siblings = dominated.get(above);
    if (siblings) siblings.push(node);
    else dominated.set(above, [node]);
  }
  const found: NodeOrdinal[] = [];
  const classesAbove = new Set<string>();
  // A string in the list of what is to do ends what a node of that class dominates.
  const pending: (NodeOrdinal | string)[] = [0];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === 'string') {
      classesAbove.delete(next);
      continue;
    }
    const key = classKey(snapshot, next);
    if (selfSizes[next] > 0 && !classesAbove.has(key)) {
      found.push(next);
      classesAbove.add(key);
      pending.push(key);
    }
    for (const below of dominated.get(next) ?? []) pending.push(below);
  }
  return found;
}
