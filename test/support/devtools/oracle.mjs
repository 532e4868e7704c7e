// `node oracle.mjs FOLDER SNAPSHOT…`, once bundled: loads each snapshot with the heap snapshot worker
// of Chrome DevTools and leaves what it computed in FOLDER/0.json and 0.bin, 1.json and 1.bin, …;
// see devtoolsOracle.ts.
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { SecondaryInitManager } from 'chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker/HeapSnapshot.js';
import { HeapSnapshotLoader } from 'chrome-devtools-frontend/front_end/entrypoints/heap_snapshot_worker/HeapSnapshotLoader.js';

// DevTools' code is written for newer engines than Node.js 20.
Promise.withResolvers ??= () => {
  const settlers = {};
  const promise = new Promise((resolve, reject) => Object.assign(settlers, { resolve, reject }));
  return { promise, ...settlers };
};
// It warns about every node that it cannot reach.
console.warn = () => {};

const chunkBytes = 4 << 20;

async function load(file) {
  const loader = new HeapSnapshotLoader({ sendEvent() {} });
  const input = openSync(file, 'r');
  const buffer = Buffer.allocUnsafe(chunkBytes);
  const decoder = new TextDecoder();
  for (let length; (length = readSync(input, buffer, 0, chunkBytes, null)) > 0;) {
    loader.write(decoder.decode(buffer.subarray(0, length), { stream: true }));
    // Lets the loader take the chunk, so that they do not pile up.
    await new Promise(setImmediate);
  }
  closeSync(input);
  loader.close();
  const { port1, port2 } = new MessageChannel();
  new SecondaryInitManager(port2);
  const snapshot = await loader.buildSnapshot(port1);
  port1.close();
  return snapshot;
}

function classRows(snapshot) {
  // Not getAggregatesByClassKey, which loses one of two classes whose names it made alike.
  const rows = snapshot.buildAggregates();
  snapshot.calculateClassesRetainedSize(rows);
  return [...rows.values()].map((row) => ({
    name: row.name,
    count: row.count,
    shallowBytes: row.self,
    retainedBytes: row.maxRet,
  }));
}

function nodeColumns(snapshot) {
  const { nodeCount, nodeDistances, dominatorsTree, retainedSizes } = snapshot;
  const selfSizes = new Float64Array(nodeCount);
  const detachedness = new Uint8Array(nodeCount);
  const node = snapshot.rootNode();
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    node.nodeIndex = ordinal * snapshot.nodeFieldCount;
    selfSizes[ordinal] = node.selfSize();
    detachedness[ordinal] = node.detachedness();
  }
  return [retainedSizes, selfSizes, dominatorsTree, nodeDistances, detachedness];
}

/** Who allocated what: totals by function, and the stack of each trace that a node refers to. */
function traces(snapshot) {
  if (!snapshot.profile.snapshot.trace_function_count) return undefined;
  const stacks = {};
  const traceIds = [];
  const node = snapshot.rootNode();
  for (let ordinal = 0; ordinal < snapshot.nodeCount; ordinal++) {
    node.nodeIndex = ordinal * snapshot.nodeFieldCount;
    const id = node.traceNodeId();
    traceIds.push(id);
    if (id) stacks[id] ??= snapshot.allocationStack(node.nodeIndex);
  }
  return { traceIds, stacks, functions: snapshot.allocationTracesTops() };
}

/** What tests of small snapshots ask for besides. */
function details(snapshot) {
  if (snapshot.nodeCount > 1000) return undefined;
  const node = snapshot.rootNode();
  const ids = [];
  const locations = [];
  for (let ordinal = 0; ordinal < snapshot.nodeCount; ordinal++) {
    node.nodeIndex = ordinal * snapshot.nodeFieldCount;
    ids.push(node.id());
    locations.push(snapshot.getLocation(node.nodeIndex));
  }
  const classKeys = Object.keys(snapshot.getAggregatesByClassKey(false));
  return { ids, locations, classKeys, distances: [...snapshot.nodeDistances] };
}

const bytesOf = (column) => Buffer.from(column.buffer, column.byteOffset, column.byteLength);

const [folder, ...files] = process.argv.slice(2);
for (const [index, file] of files.entries()) {
  const snapshot = await load(file);
  const columns = nodeColumns(snapshot).map(bytesOf);
  writeFileSync(join(folder, `${index}.bin`), Buffer.concat(columns));
  const summary = {
    nodeCount: snapshot.nodeCount,
    edgeCount: snapshot.containmentEdges.length / snapshot.edgeFieldsCount,
    totalBytes: snapshot.totalSize,
    classes: classRows(snapshot),
    traces: traces(snapshot),
    details: details(snapshot),
  };
  writeFileSync(join(folder, `${index}.json`), JSON.stringify(summary));
}
