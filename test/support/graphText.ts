import type { HeapGraph, NodeOrdinal } from '../../src/heap/heapGraph';
import { SnapshotReader } from '../../src/heap/snapshotReader';

/** What V8 versions do differently. The default is Node 24. */
export interface SnapshotLayout {
  readonly nodeFields?: readonly string[];
  readonly edgeFields?: readonly string[];
  readonly locationFields?: readonly string[];
  /** Between two records; Node 20 puts a line break there. */
  readonly recordBreak?: string;
  readonly extraNativeBytes?: number;
  /** Recorded allocations: node n refers to trace n, if the node fields say so. */
  readonly traces?: {
    /** Six numbers each, as V8 orders them. */
    readonly functionInfos: readonly number[];
    /** Records of five, nested, as V8 orders them. */
    readonly tree: readonly unknown[];
  };
}

/** A heap drawn as text, in all the forms that tests ask for. */
export interface DrawnHeap {
  /** The .heapsnapshot file. */
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly graph: HeapGraph;
  /** Ordinal of the node with this label. */
  readonly node: (label: string) => NodeOrdinal;
  /** Labels of nodes, to compare lists of ordinals. */
  readonly labels: (nodes: Iterable<NodeOrdinal>) => string[];
}

interface DrawnNode {
  readonly label: string;
  type: string;
  name: string;
  id: number;
  selfSize: number;
  /** 0 unknown, 1 attached, 2 detached. */
  detachedness: number;
  location?: { scriptId: number; line: number; column: number };
  readonly edges: DrawnEdge[];
}

interface DrawnEdge {
  readonly type: string;
  readonly nameOrIndex: string | number;
  readonly target: string;
}

/**
 * Makes a snapshot of a drawing like this one; the first node is the root.
 * ```
 * root
 *   global:shortcut -> app
 * app 16 "App" (7:10:2)
 *   "user list" -> list
 *   table:internal -> store
 * list 8
 *   [0] -> app
 * store :array 24 @99
 *   {3} -> list
 * ```
 * A line at the margin is a node: a label, then in any order `:type` (object), a self size in bytes
 * (0), `"name"` (the label), `@id` (odd numbers in order), `(scriptId:line:column)` and `attached` or
 * `detached`. An indented line is an edge of the node above it: `name` or `"name"` with `:type` (property), `[index]` for
 * element, `{index}` for hidden edges.
 */
export function drawHeap(drawing: string, layout: SnapshotLayout = {}): DrawnHeap {
  const nodes = readDrawing(drawing);
  const ordinals = new Map(nodes.map((node, ordinal) => [node.label, ordinal]));
  const node = (label: string) => {
    const ordinal = ordinals.get(label);
    if (ordinal === undefined) throw new Error(`No node "${label}" in the drawing.`);
    return ordinal;
  };
  const text = writeSnapshot(nodes, node, layout);
  const bytes = new TextEncoder().encode(text);
  let graph: HeapGraph | undefined;
  return {
    text,
    bytes,
    node,
    labels: (list) => [...list].map((ordinal) => nodes[ordinal].label),
    get graph() {
      return (graph ??= readGraph(bytes));
    },
  };
}

function readGraph(bytes: Uint8Array): HeapGraph {
  const reader = new SnapshotReader(bytes.length);
  reader.push(bytes);
  return reader.finish();
}

function readDrawing(drawing: string): DrawnNode[] {
  const nodes: DrawnNode[] = [];
  for (const line of drawing.split('\n').filter((line) => line.trim())) {
    if (!/^\s/.test(line)) nodes.push(readNode(line, nodes.length));
    else nodes.at(-1)?.edges.push(readEdge(line));
  }
  return nodes;
}

const NODE_TOKEN = /"[^"]*"|:"[^"]*"|\S+/g;

function readNode(line: string, ordinal: number): DrawnNode {
  const [label, ...tokens] = line.match(NODE_TOKEN) as RegExpMatchArray;
  const isRoot = ordinal === 0;
  const node: DrawnNode = {
    label,
    type: isRoot ? 'synthetic' : 'object',
    name: isRoot ? '' : label,
    id: 2 * ordinal + 1,
    selfSize: 0,
    detachedness: 0,
    edges: [],
  };
  for (const token of tokens) readAttribute(node, token);
  return node;
}

function readAttribute(node: DrawnNode, token: string): void {
  const location = /^\((\d+):(\d+):(\d+)\)$/.exec(token);
  if (location) {
    const [scriptId, line, column] = location.slice(1).map(Number);
    node.location = { scriptId, line, column };
  } else if (token.startsWith('"')) node.name = token.slice(1, -1);
  else if (token.startsWith(':')) node.type = token.slice(1).replaceAll('"', '');
  else if (token.startsWith('@')) node.id = Number(token.slice(1));
  else if (token === 'attached' || token === 'detached')
    node.detachedness = token === 'attached' ? 1 : 2;
  else if (/^\d+$/.test(token)) node.selfSize = Number(token);
  else throw new Error(`"${token}" says nothing about a node.`);
}

const EDGE = /^\s+(?:\[(\d+)\]|\{(\d+)\}|(?:"([^"]*)"|([^\s":]+))(?::(\w+))?)\s*->\s*(\S+)\s*$/;

function readEdge(line: string): DrawnEdge {
  const match = EDGE.exec(line);
  if (!match) throw new Error(`"${line}" draws no edge.`);
  const [, element, hidden, quoted, plain, type, target] = match as (string | undefined)[];
  if (element !== undefined)
    return { type: 'element', nameOrIndex: Number(element), target: target! };
  if (hidden !== undefined) return { type: 'hidden', nameOrIndex: Number(hidden), target: target! };
  return { type: type ?? 'property', nameOrIndex: quoted ?? plain!, target: target! };
}

const NODE_TYPES = [
  ...['hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native'],
  ...['synthetic', 'concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape'],
];
const TRACE_FUNCTION_FIELDS = [
  ...['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
];
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];

function writeSnapshot(
  nodes: readonly DrawnNode[],
  ordinalOf: (label: string) => NodeOrdinal,
  layout: SnapshotLayout,
): string {
  const nodeFields = layout.nodeFields ?? [
    'type',
    'name',
    'id',
    'self_size',
    'edge_count',
    'detachedness',
  ];
  const edgeFields = layout.edgeFields ?? ['type', 'name_or_index', 'to_node'];
  const locationFields = layout.locationFields ?? ['object_index', 'script_id', 'line', 'column'];
  const strings = new Map<string, number>([['<dummy>', 0]]);
  const stringIndex = (text: string) => {
    if (!strings.has(text)) strings.set(text, strings.size);
    return strings.get(text)!;
  };
  const records = (fields: readonly string[], rows: readonly Record<string, number>[]) =>
    `[${rows.map((row) => fields.map((field) => row[field] ?? 0).join(',')).join(layout.recordBreak ?? ',')}]`;

  const nodeRows = nodes.map((node, ordinal) => ({
    trace_node_id: layout.traces ? ordinal : 0,
    type: indexIn(NODE_TYPES, node.type),
    name: stringIndex(node.name),
    id: node.id,
    self_size: node.selfSize,
    edge_count: node.edges.length,
    detachedness: node.detachedness,
  }));
  const edgeRows = nodes.flatMap((node) =>
    node.edges.map(({ type, nameOrIndex, target }) => ({
      type: indexIn(EDGE_TYPES, type),
      name_or_index: typeof nameOrIndex === 'number' ? nameOrIndex : stringIndex(nameOrIndex),
      to_node: ordinalOf(target) * nodeFields.length,
    })),
  );
  const locationRows = nodes.flatMap(({ location }, ordinal) =>
    location
      ? [
          {
            object_index: ordinal * nodeFields.length,
            script_id: location.scriptId,
            line: location.line,
            column: location.column,
          },
        ]
      : [],
  );
  const { functionInfos, tree } = layout.traces ?? { functionInfos: [], tree: [] };
  const header = {
    meta: {
      node_fields: nodeFields,
      node_types: nodeFields.map((field) => (field === 'type' ? NODE_TYPES : 'number')),
      edge_fields: edgeFields,
      edge_types: edgeFields.map((field) => (field === 'type' ? EDGE_TYPES : 'number')),
      location_fields: locationFields,
      ...(layout.traces && {
        trace_function_info_fields: TRACE_FUNCTION_FIELDS,
        trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
      }),
    },
    node_count: nodes.length,
    edge_count: edgeRows.length,
    trace_function_count: functionInfos.length / TRACE_FUNCTION_FIELDS.length,
    extra_native_bytes: layout.extraNativeBytes ?? 0,
  };
  return [
    `{"snapshot":${JSON.stringify(header)}`,
    `"nodes":${records(nodeFields, nodeRows)}`,
    `"edges":${records(edgeFields, edgeRows)}`,
    `"trace_function_infos":${JSON.stringify(functionInfos)}`,
    `"trace_tree":${JSON.stringify(tree)}`,
    '"samples":[]',
    // V8 writes locations in the order of its visit, not of the nodes.
    `"locations":${records(locationFields, locationRows.reverse())}`,
    `"strings":${JSON.stringify([...strings.keys()])}}`,
  ].join(',\n');
}

function indexIn(types: readonly string[], type: string): number {
  const index = types.indexOf(type);
  if (index < 0) throw new Error(`There is no type "${type}".`);
  return index;
}
