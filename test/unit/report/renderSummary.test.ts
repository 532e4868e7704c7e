import assert from 'node:assert/strict';
import type { SnapshotSummary } from '../../../src/analysis/contract';
import { renderSummaryJson, renderSummaryText } from '../../../src/report/renderSummary';
import { sampleSummary } from './sampleSummary';

describe('renderSummaryJson', () => {
  it('has exactly the published fields', () => {
    const carrier = { ...sampleSummary, secret: 1 } as SnapshotSummary;
    const { nodeCount, edgeCount, totalBytes, classes } = sampleSummary;
    assert.deepEqual(JSON.parse(renderSummaryJson(carrier, { timings: false })), {
      nodeCount,
      edgeCount,
      totalBytes,
      classes,
    });
  });

  it('has timings and fewer classes when asked', () => {
    const json = JSON.parse(renderSummaryJson(sampleSummary, { top: 1, timings: true })) as unknown;
    const { nodeCount, edgeCount, totalBytes, classes } = sampleSummary;
    assert.deepEqual(json, {
      nodeCount,
      edgeCount,
      totalBytes,
      classes: classes.slice(0, 1),
      timings: {
        passes: [
          { name: 'Reading the snapshot', milliseconds: 1234.6 },
          { name: 'Finding dominators', milliseconds: 0 },
        ],
        totalMilliseconds: 1234.6,
        peakRssBytes: 70_000_000,
      },
    });
  });

  it('escapes what terminals act on', () => {
    const json = renderSummaryJson(sampleSummary, { timings: false });
    assert.doesNotMatch(json, /[^\P{Cc}\n]|\p{Cf}/u);
    assert.match(json, /\\u001b\[2J/);
    assert.match(json, /\\u202e/);
  });
});

describe('renderSummaryText', () => {
  it('is a table with the largest classes', () => {
    assert.equal(
      renderSummaryText(sampleSummary, { top: 2, timings: true }),
      `12,345 nodes, 67,890 edges, 1.5 MB

Retained  Shallow   Count  Class
  1.5 MB   120 kB  10,000  Session
  1.2 kB     12 B       1  \\u{1b}[2J\\u{202e}
… 1 more (--top)

1,235 ms  Reading the snapshot
    0 ms  Finding dominators
1,235 ms  Total
Peak memory 70.0 MB
`,
    );
  });

  it('shows all without a limit, and no timings unasked', () => {
    const text = renderSummaryText(sampleSummary, { timings: false });
    assert.match(text, /\n +1 B +1 B +1 {2}\(system\)\n$/);
  });
});
