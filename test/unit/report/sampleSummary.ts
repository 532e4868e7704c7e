import type { SnapshotSummary } from '../../../src/analysis/contract';

export const sampleSummary: SnapshotSummary = {
  nodeCount: 12_345,
  edgeCount: 67_890,
  totalBytes: 1_500_000,
  classes: [
    { name: 'Session', count: 10_000, shallowBytes: 120_000, retainedBytes: 1_499_000 },
    { name: '\u001b[2J\u202e', count: 1, shallowBytes: 12, retainedBytes: 1_200 },
    { name: '(system)', count: 1, shallowBytes: 1, retainedBytes: 1 },
  ],
  timings: {
    passes: [
      { name: 'Reading the snapshot', milliseconds: 1234.56 },
      { name: 'Finding dominators', milliseconds: 0.04 },
    ],
    totalMilliseconds: 1234.6,
    peakRssBytes: 70_000_000,
  },
};
