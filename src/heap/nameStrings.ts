import { BitSet } from './bitSet';
import type { HeapGraph } from './heapGraph';

/** The names of such nodes hold what the program works with. */
const VALUE_TYPES: ReadonlySet<string> = new Set([
  ...['string', 'concatenated string', 'sliced string'],
  ...['regexp', 'symbol', 'number', 'bigint'],
]);

/** What V8 calls the keys of a shape that objects share, and the literals of a function. */
const KEY_HOLDERS = ['system / DescriptorArray', '(constant pool)'] as const;

/**
 * The strings, by index, that name the program's code: its classes, functions, properties, variables
 * and scripts. All others are values. A string that is both counts as a name.
 *
 * A property's name counts only if it stands in the code or in the shape of objects: a key of an
 * object that serves as a dictionary stands in neither, for V8 gives such an object no shape. (One
 * with no more than about a dozen computed keys may still have one, kFastPropertiesSoftLimit.)
 */
export function nameStrings(graph: HeapGraph): BitSet {
  const names = new BitSet(graph.strings.length);
  const isValue = graph.nodeTypes.map((type) => VALUE_TYPES.has(type));
  for (let node = 0; node < graph.nodeCount; node++) {
    if (!isValue[graph.nodeTypeOf[node]]) names.add(graph.nodeNameOf[node]);
  }
  addEdgeNames(graph, names);
  addScriptTexts(graph, names);
  const functions = graph.allocationTraces?.functions;
  functions?.nameOf.forEach((name) => names.add(name));
  functions?.scriptNameOf.forEach((name) => names.add(name));
  return names;
}

function addEdgeNames(graph: HeapGraph, names: BitSet): void {
  const property = graph.edgeTypes.indexOf('property');
  const isKnown = knownKeys(graph);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (graph.edgeNameIsIndex(edge)) continue;
    const name = graph.edgeNameOrIndexOf[edge];
    if (graph.edgeTypeOf[edge] !== property || isKnown.has(name)) names.add(name);
  }
}

/** The strings that stand in shapes and among literals; these may be values, too. */
function knownKeys(graph: HeapGraph): BitSet {
  const keys = new BitSet(graph.strings.length);
  const holders = new Set(KEY_HOLDERS.map((name) => graph.strings.indexOf(name)));
  const object = graph.nodeTypes.indexOf('object');
  for (let node = 0; node < graph.nodeCount; node++) {
    if (!holders.has(graph.nodeNameOf[node]) || graph.nodeTypeOf[node] === object) continue;
    for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
      keys.add(graph.nodeNameOf[graph.edgeTargetOf[edge]]);
    }
  }
  return keys;
}

/**
 * V8's Script objects have their URLs and hashes as strings at numbered fields. Their sources are at
 * a field with a name, and are values; so is a source map that stands in its own URL.
 */
function addScriptTexts(graph: HeapGraph, names: BitSet): void {
  const code = graph.nodeTypes.indexOf('code');
  const hidden = graph.edgeTypes.indexOf('hidden');
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeTypeOf[node] !== code || graph.findEdge(node, 'source', 'internal') < 0) continue;
    for (let edge = graph.firstEdgeOf[node]; edge < graph.firstEdgeOf[node + 1]; edge++) {
      if (graph.edgeTypeOf[edge] !== hidden) continue;
      const target = graph.edgeTargetOf[edge];
      if (graph.nodeType(target) !== 'string') continue;
      if (!graph.nodeName(target).startsWith('data:')) names.add(graph.nodeNameOf[target]);
    }
  }
}
