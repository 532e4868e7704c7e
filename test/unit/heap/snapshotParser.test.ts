import assert from 'node:assert/strict';
import { LeaklineError } from '../../../src/base/errors';
import type { HeapGraph } from '../../../src/heap/heapGraph';
import { parseSnapshot, type ParseOptions } from '../../../src/heap/snapshotParser';
import { drawHeap } from '../../support/graphText';

const encoder = new TextEncoder();

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function parse(text: string | Uint8Array, options?: ParseOptions, chunkSize = 1 << 16) {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  return parseSnapshot(chunksOf(bytes, chunkSize), options);
}

async function failure(text: string | Uint8Array, options?: ParseOptions): Promise<LeaklineError> {
  const error = await parse(text, options).then(
    () => assert.fail('was accepted'),
    (error: unknown) => error,
  );
  assert.ok(error instanceof LeaklineError, String(error));
  assert.ok(error.hint);
  return error;
}

/** All that a graph holds, for comparison. */
function contents(graph: HeapGraph) {
  return {
    nodes: Array.from({ length: graph.nodeCount }, (_, node) => [
      graph.nodeType(node),
      graph.nodeName(node),
      graph.nodeIdOf[node],
      graph.selfSizeOf[node],
      graph.detachednessOf[node],
      graph.location(node),
      graph.firstEdgeOf[node + 1],
    ]),
    edges: Array.from({ length: graph.edgeCount }, (_, edge) => [
      graph.edgeType(edge),
      graph.edgeName(edge),
      graph.edgeTargetOf[edge],
    ]),
    extraNativeBytes: graph.extraNativeBytes,
  };
}

const DRAWING = `
root
  global:shortcut -> global
  [12] -> list
global 16 "\\u00fcber \\ud83d\\ude00 \\\\ global" @4294967297 (7:10:2)
  "a key" -> list
list :array 5000000000 @3000000001
  [4294967294] -> text
  {3} -> global
text :"concatenated string" 0 "…" @2147483648 (0:0:4294967295)
`;
const drawn = drawHeap(DRAWING, { extraNativeBytes: 77 });

describe('parseSnapshot', () => {
  it('reads nodes, edges, locations and strings', async () => {
    const graph = await parse(drawn.bytes);
    assert.deepEqual(contents(graph), {
      nodes: [
        ['synthetic', '', 1, 0, 0, undefined, 2],
        [
          'object',
          '\\u00fcber \\ud83d\\ude00 \\\\ global',
          4294967297,
          16,
          0,
          { scriptId: 7, line: 10, column: 2 },
          3,
        ],
        ['array', 'list', 3000000001, 5000000000, 0, undefined, 5],
        [
          'concatenated string',
          '…',
          2147483648,
          0,
          0,
          { scriptId: 0, line: 0, column: 4294967295 },
          5,
        ],
      ],
      edges: [
        ['shortcut', 'global', 1],
        ['element', '12', 2],
        ['property', 'a key', 2],
        ['element', '4294967294', 3],
        ['hidden', '3', 1],
      ],
      extraNativeBytes: 77,
    });
  });

  it('does not care where chunks are cut', async () => {
    const expected = contents(drawn.graph);
    for (let size = 1; size <= drawn.bytes.length; size += size < 64 ? 1 : 37) {
      assert.deepEqual(contents(await parse(drawn.bytes, {}, size)), expected, `${size} bytes`);
    }
  });

  it('accepts any white space and empty chunks', async () => {
    const spaced = drawn.text.replace(/[[\]{},:](?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\r\n\t $& ');
    assert.notEqual(spaced, drawn.text);
    for (const size of [1, 7, 4096]) {
      assert.deepEqual(contents(await parse(` ${spaced}\n`, {}, size)), contents(drawn.graph));
    }
    async function* withEmptyChunks() {
      for await (const chunk of chunksOf(drawn.bytes, 100)) yield* [chunk, new Uint8Array(0)];
    }
    assert.deepEqual(contents(await parseSnapshot(withEmptyChunks())), contents(drawn.graph));
  });

  it('finds fields by name, as Node 20 and an invented V8 order them', async () => {
    const expected = contents(drawn.graph).nodes;
    const node20 = drawHeap(DRAWING, {
      nodeFields: [
        'type',
        'name',
        'id',
        'self_size',
        'edge_count',
        'trace_node_id',
        'detachedness',
      ],
      recordBreak: '\n,',
    });
    assert.deepEqual(contents(await parse(node20.bytes)).nodes, expected);
    const invented = drawHeap(DRAWING, {
      nodeFields: ['edge_count', 'novelty', 'self_size', 'id', 'name', 'type'],
      edgeFields: ['to_node', 'type', 'weight', 'name_or_index'],
      locationFields: ['column', 'line', 'script_id', 'object_index'],
      extraNativeBytes: 77,
    });
    assert.deepEqual(contents(await parse(invented.bytes)), contents(drawn.graph));
  });

  it('passes over sections that it does not know and takes the others in any order', async () => {
    const parts = JSON.parse(drawn.text) as Record<string, unknown>;
    const { snapshot, nodes, edges, locations, strings } = parts;
    const reordered = {
      snapshot,
      flag: true,
      strings,
      scopes: [[{ 'a"]}': '\\"]}' }], 'x\\', -1.5e3, null],
      edges,
      n: -12,
      locations,
      nodes,
      meta: { 'nodes"': [1, [2, { nodes: '[' }]] },
      text: 'a "quoted" \\',
    };
    const text = JSON.stringify(reordered);
    for (let size = 1; size < 40; size++) {
      assert.deepEqual(contents(await parse(text, {}, size)), contents(drawn.graph));
    }
  });

  it('reads raw UTF-8 and escaped strings alike', async () => {
    const escaped = drawn.text.replace('…', '\\u2026');
    assert.notEqual(escaped, drawn.text);
    assert.deepEqual(contents(await parse(escaped, {}, 3)), contents(drawn.graph));
  });

  it('drops a location that V8 itself marks as unknown', async () => {
    const graph = await parse(drawn.text.replace(',7,10,2', ',7,-1,2'));
    assert.equal(graph.location(drawn.node('global')), undefined);
    assert.ok(graph.location(drawn.node('text')));
  });

  it('grows when the length of the file is unknown', async () => {
    const chain = Array.from({ length: 30_000 }, (_, i) => `n${i} 8\n next -> n${i + 1}\n`).join(
      '',
    );
    const { bytes, graph } = drawHeap(`${chain}n30000 8`);
    for (const options of [{}, { byteLength: 10 }, { byteLength: bytes.length }]) {
      const parsed = await parse(bytes, options);
      assert.deepEqual(parsed.edgeTargetOf, graph.edgeTargetOf);
      assert.deepEqual(parsed.nodeIdOf, graph.nodeIdOf);
      assert.equal(parsed.nodeName(29_999), 'n29999');
    }
  });

  it('reports bytes read, and stops when cancelled', async () => {
    const seen: number[] = [];
    const signal = { aborted: false };
    const onProgress = (bytesRead: number) => {
      seen.push(bytesRead);
      signal.aborted = bytesRead >= 300;
    };
    await assert.rejects(parse(drawn.bytes, { onProgress, signal }, 100), { code: 'cancelled' });
    assert.deepEqual(seen, [100, 200, 300]);
  });

  it('closes its source after an error', async () => {
    let closed = false;
    async function* source() {
      try {
        yield* chunksOf(encoder.encode('[1, 2'), 2);
      } finally {
        closed = true;
      }
    }
    await assert.rejects(parseSnapshot(source()), { code: 'notASnapshot' });
    assert.ok(closed);
  });
});

describe('parseSnapshot, given a file that is cut off', () => {
  it('says so, wherever it is cut', async () => {
    for (let length = 0; length < drawn.bytes.length; length++) {
      const error = await failure(drawn.bytes.subarray(0, length), {
        byteLength: drawn.bytes.length,
      });
      assert.equal(error.code, 'truncatedSnapshot', `${length} bytes: ${error.message}`);
      assert.match(error.message, new RegExp(`\\b${length}\\b`));
    }
  });
});

describe('parseSnapshot, given a file that is no snapshot', () => {
  const rejected = async (text: string, message: RegExp, options?: ParseOptions) => {
    const error = await failure(text, options);
    assert.equal(error.code, 'notASnapshot', error.message);
    assert.match(error.message, message);
    assert.match(error.message, /byte \d+/);
  };

  it('rejects other files', async () => {
    await rejected('<!doctype html>', /unexpected "<" before the opening brace \(at byte 0\)/);
    await rejected('\u007fELF', /unexpected byte 0x7f/);
    await rejected('[]', /unexpected "\["/);
    await rejected('{}', /no "snapshot" section/);
    await rejected('{"head":{},"samples":[1]}', /no "snapshot" section/);
    await rejected('{"nodes":[{"id":1}]}', /"nodes" comes before the "snapshot" section/);
    await rejected(`{"${'k'.repeat(500)}`, /section name does not end/);
    await rejected(`{"snapshot":"${'x'.repeat(2_000_000)}`, /"snapshot" section is too large/);
    await rejected('{"snapshot" 1}', /unexpected "1" between two sections/);
    await rejected(`${drawn.text}{`, /unexpected "{" after the closing brace/);
  });

  const changed = (from: string | RegExp, to: string) => {
    const text = drawn.text.replace(from, to);
    assert.notEqual(text, drawn.text);
    return text;
  };

  it('rejects a header without what it needs', async () => {
    await rejected('{"snapshot":{"a":1 "b"}}', /"snapshot" section is not JSON/);
    await rejected('{"snapshot":[]}', /"snapshot" section is not an object/);
    await rejected('{"snapshot":{}}', /"meta" is not an object/);
    await rejected(changed('"self_size"', '"size"'), /no "self_size" field/);
    await rejected(changed('"to_node"', '"to"'), /no "to_node" field/);
    await rejected(changed('"object_index"', '"o"'), /no "object_index" field/);
    await rejected(changed(/"edge_types":\[/, '"edge_types":[0,'), /"edge_types" is not a list/);
    await rejected(changed('"node_count":4', '"node_count":-1'), /"node_count" is -1/);
    await rejected(changed('"edge_count":5', '"edge_count":1.5'), /"edge_count" is 1.5/);
    await rejected(
      changed('"node_count":4', '"node_count":1e15'),
      /"node_count" is 1000000000000000/,
    );
    await rejected(changed(/"node_count":4,/, ''), /"node_count" is undefined/);
  });

  it('rejects sections that contradict the header or each other', async () => {
    await rejected(changed('"node_count":4', '"node_count":3'), /declares 3 nodes but has more/);
    await rejected(changed('"node_count":4', '"node_count":5'), /declares 5 nodes but has 4/);
    await rejected(changed('"edge_count":5', '"edge_count":4'), /declares 4 edges but has more/);
    await rejected(
      changed('"edge_count":5', '"edge_count":6'),
      /nodes have 5 edges, but it declares 6/,
    );
    await rejected(changed(/"nodes":\[9,1,1,0,2/, '"nodes":[9,1,1,0,1'), /nodes have 4 edges/);
    await rejected(
      changed(/,0\],\n"edges"/, '],\n"edges"'),
      /last record of "nodes" is incomplete/,
    );
    await rejected(changed(/"edges":\[5,5,6,/, '"edges":['), /declares 5 edges but has 4/);
    await rejected(changed(/"edges":\[5,5,6/, '"edges":[5,5,7'), /edge 0 \(5, 5, 7\) is invalid/);
    await rejected(changed(/"edges":\[5,5,6/, '"edges":[5,5,24'), /edge 0 \(5, 5, 24\) is invalid/);
    await rejected(changed(/"edges":\[5,5,6/, '"edges":[5,5,-6'), /edge 0 \(5, 5, -6\) is invalid/);
    await rejected(changed(/"edges":\[5/, '"edges":[7'), /edge 0 \(7, 5, 6\) is invalid/);
    await rejected(changed(/"nodes":\[9/, '"nodes":[15'), /node 0 \(15, 1, 1, 0, 2\) is invalid/);
    await rejected(
      changed(/"nodes":\[9,1/, '"nodes":[9,-1'),
      /node 0 \(9, -1, 1, 0, 2\) is invalid/,
    );
    await rejected(
      changed(/"nodes":\[9,1/, '"nodes":[9,99'),
      /node 0 is named by missing string 99/,
    );
    await rejected(
      changed(/"edges":\[5,5/, '"edges":[5,99'),
      /edge 0 is named by missing string 99/,
    );
    await rejected(changed(/"locations":\[18/, '"locations":[19'), /location belongs to no node/);
    await rejected(changed(/"locations":\[18/, '"locations":[24'), /location belongs to no node/);
  });

  it('rejects what is not a list of integers or strings', async () => {
    await rejected(changed(/"nodes":\[9/, '"nodes":[9.5'), /"\." among the numbers of "nodes"/);
    await rejected(changed(/"nodes":\[9/, '"nodes":["9"'), /""" among the numbers of "nodes"/);
    await rejected(changed(/"nodes":\[9/, '"nodes":[-'), /number of "nodes" is no safe integer/);
    await rejected(changed('5000000000', '5'.repeat(400)), /number of "nodes" is no safe integer/);
    await rejected(changed(/"edges":\[/, '"edges":{'), /"edges" section is not an array/);
    await rejected(changed(/"strings":\[/, '"strings":{'), /"strings" section is not an array/);
    await rejected(changed(/"strings":\[/, '"strings":[1,'), /"1" between two strings/);
  });

  it('rejects missing and doubled sections', async () => {
    for (const section of ['nodes', 'edges', 'strings']) {
      await rejected(changed(`"${section}"`, `"no-${section}"`), new RegExp(`no "${section}"`));
    }
    for (const section of ['snapshot', 'nodes', 'edges', 'locations', 'strings']) {
      const parts = drawn.text.slice(0, -1);
      await rejected(`${parts},"${section}":[]}`, new RegExp(`a second "${section}"`));
    }
  });

  it('does not make room for what a lying header declares', async () => {
    const lying = changed('"node_count":4', '"node_count":4294967294').replace(
      '"edge_count":5',
      '"edge_count":4294967294',
    );
    const before = process.memoryUsage().arrayBuffers;
    let highest = 0;
    const onProgress = () => {
      highest = Math.max(highest, process.memoryUsage().arrayBuffers);
    };
    await rejected(lying, /declares 4294967294 nodes/, { onProgress });
    await rejected(lying, /declares 4294967294 nodes/, { onProgress, byteLength: lying.length });
    assert.ok(highest - before < 50_000_000, `${highest - before} bytes`);
  });
});
