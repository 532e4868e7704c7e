// node memlab.mjs FILE: @memlab/core, as its own analyses use it, and a class table, which it leaves
// to its callers.
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(path.join(process.env.LEAKLINE_BENCH_ENGINES, 'package.json'));
const { config, utils } = require('@memlab/core');
// By its path, for the package does not export what its own analyses compute retained sizes with.
const core = path.dirname(require.resolve('@memlab/core/package.json'));
const { default: TraceFinder } = require(path.join(core, 'dist', 'paths', 'TraceFinder.js'));

config.isContinuousTest = true;
config.muteConsole = true;

const heap = await utils.getSnapshotFromFile(process.argv[2], {
  buildNodeIdIndex: true,
  verbose: false,
});
const finder = new TraceFinder();
finder.annotateShortestPaths(heap);
finder.calculateAllNodesRetainedSizes(heap);

const classes = new Map();
heap.nodes.forEach((node) => {
  const key = `${node.type}:${node.name}`;
  let row = classes.get(key);
  if (!row) classes.set(key, (row = { count: 0, shallow: 0, retained: 0 }));
  row.count++;
  row.shallow += node.self_size;
  row.retained += node.retainedSize;
});
console.log(JSON.stringify({ nodeCount: heap.nodes.length, classes: classes.size }));
process.exit(0);
