import fc from 'fast-check';

/** Names that a rule of DevTools depends on, and others, by node type. */
const namesOfType: Record<string, string[]> = {
  object: ['A', 'B', 'Object'],
  array: ['(map descriptors)', '(object elements)'],
  hidden: ['system / NativeContext', 'system / Map'],
  native: ['system / ExternalStringData', '<div id=a>', '<div>', 'Node'],
  closure: ['f'],
  string: ['text'],
  code: ['script'],
  synthetic: ['(GC roots)', '(Document DOM trees)'],
  'concatenated string': ['more text'],
};

interface RandomNode {
  type: string;
  name: string;
  size: number;
  known: string;
  line: number | undefined;
}

/** `edge` is drawn as in graphText, without its target; `to` is taken modulo the number of nodes. */
interface RandomEdge {
  from: number;
  to: number;
  edge: string;
}

const node: fc.Arbitrary<RandomNode> = fc
  .oneof(
    { weight: 6, arbitrary: fc.constantFrom('object', 'array', 'hidden', 'native') },
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(namesOfType)) },
  )
  .chain((type) =>
    fc.record({
      type: fc.constant(type),
      name: fc.constantFrom(...namesOfType[type]),
      size: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 })),
      known: type === 'native' ? fc.constantFrom('', 'attached', 'detached') : fc.constant(''),
      line: fc.option(fc.nat(2), { nil: undefined, freq: 3 }),
    }),
  );

const edgeName = fc.constantFrom('a', 'b', '4', '7', 'sloppy_function_map', '"5 words"');
const edgeType = fc.constantFrom('property', 'context', 'internal', 'weak', 'shortcut');
const drawnEdge = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(edgeName, edgeType).map(([name, type]) => `${name}:${type}`) },
  { weight: 2, arbitrary: fc.nat(9).map((index) => `[${index}]`) },
  { weight: 2, arbitrary: fc.nat(9).map((index) => `{${index}}`) },
);
const anyNode = fc.nat(1000);
const edge: fc.Arbitrary<RandomEdge> = fc.record({ from: anyNode, to: anyNode, edge: drawnEdge });

/** Edges of the root: at most one to each node, as V8 writes them. */
const rootEdges = fc.uniqueArray(fc.record({ to: anyNode, edge: drawnEdge }), {
  selector: ({ to }) => to % leastNodes,
  minLength: 1,
  maxLength: 4,
});
const leastNodes = 4;

/** A WeakMap's entry: its value, and who holds its key and its table. */
interface RandomEntry {
  value: number;
  keyHolder: number;
  tableHolder: number;
}
const entry: fc.Arbitrary<RandomEntry> = fc.record({
  value: anyNode,
  keyHolder: anyNode,
  tableHolder: anyNode,
});

/**
 * Drawings (see graphText) of small heaps with everything in them that a rule of DevTools knows:
 * node types and names, weak and shortcut edges, WeakMap entries, what is known to be detached, nodes
 * that nothing retains and circles that only retain themselves.
 */
export const randomDrawing: fc.Arbitrary<string> = fc
  .record({
    nodes: fc.array(node, { minLength: leastNodes, maxLength: 25 }),
    edges: fc.array(edge, { maxLength: 70 }),
    rootEdges,
    entries: fc.array(entry, { maxLength: 3 }),
  })
  .map(({ nodes, edges, rootEdges, entries }) => {
    const ordinal = (random: number) => (random % nodes.length) + 1;
    const linesOf = new Map<number, string[]>([[0, ['root']]]);
    nodes.forEach((drawn, index) => linesOf.set(index + 1, [nodeLine(index + 1, drawn)]));
    for (const { to, edge } of rootEdges)
      linesOf.get(0)!.push(`  ${edge} -> n${(to % leastNodes) + 1}`);
    for (const { from, to, edge } of edges)
      linesOf.get(ordinal(from))!.push(`  ${edge} -> n${ordinal(to)}`);
    for (const { value, keyHolder, tableHolder } of entries) {
      const key = linesOf.size;
      const table = key + 1;
      const to = ordinal(value);
      const ids = `(K @${idOf(key)}) -> value (V @${idOf(to)}) pair in WeakMap (table @${idOf(table)})`;
      const half = (index: number) => `  "${index} / part of key ${ids}":internal -> n${to}`;
      linesOf
        .set(key, [`n${key} 8 "K"`, half(1)])
        .set(table, [`n${table} :array 16 "table"`, half(7)]);
      linesOf.get(ordinal(keyHolder))!.push(`  key -> n${key}`);
      linesOf.get(ordinal(tableHolder))!.push(`  table -> n${table}`);
    }
    return [...linesOf.values()].flat().join('\n');
  });

function nodeLine(ordinal: number, { type, name, size, known, line }: RandomNode): string {
  const location = line === undefined ? '' : `(1:${line}:0)`;
  return `n${ordinal} :"${type}" "${name}" ${size} ${known} ${location}`;
}

/** V8's id that graphText gives to a node. */
function idOf(ordinal: number): number {
  return 2 * ordinal + 1;
}
