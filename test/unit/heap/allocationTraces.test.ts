import assert from 'node:assert/strict';
import { parseSnapshot } from '../../../src/heap/snapshotParser';
import { drawHeap } from '../../support/graphText';
import { chunksOf } from '../../support/heap/chunks';

const FUNCTION_FIELDS = ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'];
const TREE_FIELDS = ['id', 'function_info_index', 'count', 'size', 'children'];

const { text: drawn, node } = drawHeap(
  `
root
  a:shortcut -> inner
  b:shortcut -> outer
  c:shortcut -> untraced
  d:shortcut -> bare
inner "(root)"
outer "main"
untraced "fill"
bare "shop.js"
`,
  { nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id'] },
);
/** Index of a string, by the node that it names. */
const nameOf = (label: string) => Number(nodeRecord(label)[1]);

function nodeRecord(label: string): string[] {
  const records = /"nodes":\[([^\]]*)\]/.exec(drawn)![1].split(',');
  return records.slice(node(label) * 6, node(label) * 6 + 6);
}

interface Recording {
  readonly functionCount?: number;
  readonly functionFields?: readonly string[];
  readonly functions?: readonly (readonly number[])[];
  readonly treeFields?: readonly string[];
  readonly tree?: unknown;
  readonly traceIds?: Record<string, number>;
}

const FUNCTIONS = [
  [0, nameOf('inner'), 0, 0, 0, 0],
  [11, nameOf('outer'), nameOf('bare'), 7, 10, 3],
  [13, nameOf('untraced'), nameOf('bare'), 7, 0, 0],
];
const TREE = [1, 0, 2, 16, [4, 1, 3, 48, [5, 2, 4, 4294967295, []], 9, 2, 0, 0, []]];

const ROOT = [1, 0, 0, 0, []];

/** The drawn snapshot, as if V8 had recorded allocations. */
function recorded({
  functions = FUNCTIONS,
  functionCount = functions.length,
  functionFields = FUNCTION_FIELDS,
  treeFields = TREE_FIELDS,
  tree = TREE,
  traceIds = { inner: 5, outer: 4, bare: 1 },
}: Recording = {}): string {
  let text = drawn
    .replace('"trace_function_count":0', `"trace_function_count":${functionCount}`)
    .replace(
      '"location_fields"',
      `"trace_function_info_fields":${JSON.stringify(functionFields)},` +
        `"trace_node_fields":${JSON.stringify(treeFields)},"location_fields"`,
    )
    .replace(
      '"trace_function_infos":[]',
      `"trace_function_infos":${JSON.stringify(functions.flat())}`,
    )
    .replace('"trace_tree":[]', `"trace_tree":${JSON.stringify(tree)}`);
  for (const [label, id] of Object.entries(traceIds)) {
    const record = nodeRecord(label);
    text = text.replace(record.join(','), [...record.slice(0, -1), id].join(','));
  }
  return text;
}

const parse = (text: string, chunkBytes = 1 << 16) =>
  parseSnapshot(chunksOf(Buffer.from(text), chunkBytes));

describe('AllocationTraces', () => {
  const main = {
    functionName: 'main',
    scriptId: 7,
    scriptName: 'shop.js',
    position: { base: 1, line: 10, column: 3 },
  };
  const fill = { functionName: 'fill', scriptId: 7, scriptName: 'shop.js', position: undefined };

  it('names the functions that were running, the innermost first', async () => {
    for (const chunkBytes of [1, 7, 1 << 16]) {
      const { allocationTraces: traces } = await parse(recorded(), chunkBytes);
      assert.deepEqual(traces?.stackOf(node('inner')), [fill, main]);
      assert.deepEqual(traces.stackOf(node('outer')), [main]);
      assert.deepEqual(traces.stackOf(node('bare')), []);
      assert.equal(traces.stackOf(node('untraced')), undefined);
    }
  });

  it('has the tree of calls, and what was allocated where', async () => {
    const { tree } = (await parse(recorded())).allocationTraces!;
    assert.deepEqual([...tree.idOf], [1, 4, 5, 9]);
    assert.deepEqual([...tree.parentOf], [0, 0, 1, 0]);
    assert.deepEqual([...tree.functionOf], [0, 1, 2, 2]);
    assert.deepEqual([...tree.countOf], [2, 3, 4, 0]);
    assert.deepEqual([...tree.sizeOf], [16, 48, 4294967295, 0]);
  });

  it('finds fields by name', async () => {
    const functionFields = ['column', 'novelty', 'script_id', 'name', 'line', 'script_name'];
    const functions = FUNCTIONS.map(([, name, script, id, line, column]) => [
      ...[column, 99, id, name, line, script],
    ]);
    const treeFields = ['size', 'children', 'function_info_index', 'count', 'id'];
    const tree = [16, [48, [4294967295, [], 2, 4, 5], 1, 3, 4, 0, [], 2, 0, 9], 0, 2, 1];
    const traces = await parse(recorded({ functionFields, functions, treeFields, tree }));
    const expected = (await parse(recorded())).allocationTraces!;
    assert.deepEqual(traces.allocationTraces?.stackOf(node('inner')), [fill, main]);
    assert.deepEqual(traces.allocationTraces?.tree, expected.tree);
  });

  it('reads calls of any depth', async () => {
    const depth = 50_000;
    const open = Array.from({ length: depth }, (_, i) => `[${i + 1},1,1,8,`).join('');
    const text = recorded({ tree: 'TREE', traceIds: { inner: depth } });
    const deep = text.replace('"TREE"', `${open}[]${']'.repeat(depth)}`);
    const { allocationTraces } = await parse(deep);
    assert.equal(allocationTraces?.stackOf(node('inner'))?.length, depth - 1);
  });

  it('is absent, and costs nothing, where nothing was recorded', async () => {
    const graph = await parse(drawn.replace('"trace_tree":[]', '"trace_tree":[{"any":[1]}]'));
    assert.equal(graph.allocationTraces, undefined);
  });

  it('ignores a trace that there is not', async () => {
    const { allocationTraces } = await parse(recorded({ traceIds: { inner: 77 } }));
    assert.equal(allocationTraces?.stackOf(node('inner')), undefined);
  });

  for (const [what, recording, message] of [
    ['fewer functions than declared', { functionCount: 4 }, /declares 4 functions .* has 3/],
    ['more functions than declared', { functionCount: 2 }, /declares 2 functions .* more/],
    ['an absurd number of them', { functionCount: -1 }, /"trace_function_count" is -1/],
    ['no names of functions', { functionFields: ['line'] }, /no "name" field/],
    ['a function of no name', { functions: [[0, 999, 0, 0, 0, 0]], tree: ROOT }, /missing string/],
    [
      'a function at a negative line',
      { functions: [[0, 0, 0, 0, -1, 0]] },
      /function 0 .* invalid/,
    ],
    ['a row of no function', { tree: [1, 3, 0, 0, []] }, /row 0 of its traces has no function/],
    ['no rows', { tree: [] }, /"trace_tree" section is empty/],
    ['two roots', { tree: [1, 0, 0, 0, [], 2, 0, 0, 0, []] }, /no tree/],
    ['half a row', { tree: [1, 0, 0, 0, [2, 0]] }, /no tree/],
    ['a row without children', { tree: [1, 0, 0, 0, 0] }, /no tree/],
    ['children in the wrong place', { tree: [1, [], 0, 0, 0] }, /no tree/],
    ['a number beyond 32 bits', { tree: [1, 0, 0, 4294967296, []] }, /no tree/],
    ['a string for a tree', { tree: 'x' }, /"""|\\"/],
    ['a negative trace of a node', { traceIds: { inner: -5 } }, /invalid trace -5/],
  ] as [string, Recording, RegExp][]) {
    it(`refuses ${what}`, () =>
      assert.rejects(parse(recorded(recording)), (error: Error & { code: string }) => {
        assert.equal(error.code, 'notASnapshot');
        assert.match(error.message, message);
        assert.match(error.message, /byte \d+/);
        return true;
      }));
  }

  it('refuses traces without a section', () =>
    assert.rejects(parse(recorded().replace('"trace_tree"', '"tree"')), /no "trace_tree" section/));
});
