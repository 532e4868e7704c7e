import assert from 'node:assert/strict';
import { position0 } from '../../../src/base/position';
import { analyzeGraph } from '../../../src/heap/heapSnapshot';
import { recordedAllocations } from '../../../src/leaks/recordedAllocations';
import { drawHeap, type SnapshotLayout } from '../../support/graphText';

const DRAWING = `
root
  app:shortcut -> app
app "App"
  "first" -> first
  "second" -> second
  "third" -> third
  "old" -> old
first 16 "keep"
second 24 "shop.js"
third 8
old 400
lost 1000
`;
const nodeFields = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'];

/** The drawn heap; node n was allocated at row n of the tree, where V8 has not lost the row. */
function recorded(lost: readonly number[] = []) {
  const { strings } = JSON.parse(drawHeap(DRAWING).text) as { strings: string[] };
  const [keep, shop] = ['keep', 'shop.js'].map((name) => strings.indexOf(name));
  const root = [0, 0, 0, 0, 0, 0];
  const keeps = [11, keep, shop, 7, 10, 3];
  const builtin = [13, keep, 0, 0, 0, 0];
  const row = (id: number, functionIndex: number, ...children: unknown[]) =>
    [lost.includes(id) ? id + 100 : id, functionIndex, 0, 0, children] as const;
  const rows = [...row(2, 1, ...row(3, 2)), ...row(4, 2), ...row(5, 1), ...row(6, 1)];
  const traces = { functionInfos: [root, keeps, builtin].flat(), tree: row(1, 0, ...rows) };
  return draw({ nodeFields, traces });
}

function draw(layout: SnapshotLayout) {
  const { graph, node } = drawHeap(DRAWING, layout);
  const births = new Uint16Array(graph.nodeCount).fill(1);
  births[node('old')] = 0;
  return recordedAllocations(analyzeGraph(graph), births);
}

describe('recordedAllocations', () => {
  const frames = [{ functionName: 'keep', scriptId: 7, url: 'shop.js', position: position0(9, 2) }];

  it('adds up what is new and held by who made it, without what is no script', () => {
    assert.deepEqual(recorded(), {
      kind: 'recorded',
      stacks: [
        { bytes: 24, frames },
        { bytes: 16, frames },
        { bytes: 8, frames: [] },
      ],
    });
  });

  it('are none where V8 did not record them, or lost most', () => {
    assert.equal(draw({}), undefined);
    assert.equal(recorded([2])?.stacks.length, 2);
    assert.equal(recorded([2, 3]), undefined);
  });
});
