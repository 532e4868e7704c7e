import type { HeapGraph } from '../heap/heapGraph';

export const MAX_EDGE_COST = 40;

/** V8's links between an object and its own storage, which a developer sees as one thing. */
const STORAGE = new Set(['elements', 'table', 'context', 'previous', 'value']);
/** Links to what describes or compiles an object rather than to what it holds. */
const DESCRIPTION =
  /^(map|shared|code|feedback_cell|feedback_vector|script|script_or_debug_info|scope_info|prototype_info|dependent_code|descriptors|transitions|initial_map|native_context|raw_feedback_cell|function_data|outer_scope_info)$/;

/** NaN where it depends on the edge. */
const COST_OF_TYPE: Readonly<Record<string, number>> = {
  weak: -1,
  context: 1,
  shortcut: 1,
  hidden: NaN,
  property: NaN,
  element: NaN,
  internal: NaN,
};

/** What it costs a retaining path to take an edge; see PathTree. Asked of every edge. */
export class EdgeCosts {
  /** Cost + 1 by name (string index), 0 if not yet known. */
  private readonly byInternalName: Uint8Array;
  private readonly byPropertyName: Uint8Array;
  /** By edge type, if all edges of the type cost the same; else NaN. */
  private readonly byType: Float64Array;
  private readonly property: number;
  private readonly element: number;
  private readonly hidden: number;
  private readonly synthetic: number;
  /** String index of the name of scopes. */
  private readonly context: number;
  /** String index of the name of V8's table of unique strings, a root of which the entries are weak. */
  private readonly stringTable: number;

  constructor(private readonly graph: HeapGraph) {
    this.byInternalName = new Uint8Array(graph.strings.length);
    this.byPropertyName = new Uint8Array(graph.strings.length);
    this.byType = Float64Array.from(graph.edgeTypes, (type) => COST_OF_TYPE[type] ?? 5);
    this.property = graph.edgeTypes.indexOf('property');
    this.element = graph.edgeTypes.indexOf('element');
    this.hidden = graph.edgeTypes.indexOf('hidden');
    this.context = graph.strings.indexOf('system / Context');
    this.synthetic = graph.nodeTypes.indexOf('synthetic');
    this.stringTable = graph.strings.indexOf('(Internalized strings)');
  }

  /** 0..MAX_EDGE_COST; -1 for edges that keep nothing alive. */
  of(source: number, edge: number): number {
    const { graph } = this;
    const type = graph.edgeTypeOf[edge];
    const cost = this.byType[type];
    if (!Number.isNaN(cost)) return cost;
    if (type === this.element) return graph.nodeTypeOf[source] === this.synthetic ? 25 : 1;
    // The variables of a block, which V8 only numbers.
    if (type === this.hidden) return graph.nodeNameOf[source] === this.context ? 1 : 5;
    const name = graph.edgeNameOrIndexOf[edge];
    if (type === this.property) return this.cached(this.byPropertyName, name, propertyCost);
    if (graph.nodeNameOf[source] === this.stringTable) return -1;
    return this.cached(this.byInternalName, name, internalCost);
  }

  private cached(table: Uint8Array, name: number, cost: (name: string) => number): number {
    if (table[name] === 0) table[name] = cost(this.graph.strings.get(name)) + 1;
    return table[name] - 1;
  }
}

function propertyCost(name: string): number {
  if (name === '__proto__' || name === 'constructor') return 12;
  // Timers of one duration are neighbours in a list of Node.js, which is no reason to be kept.
  if (name === '_idleNext' || name === '_idlePrev') return 12;
  // V8's own notes on an object, such as those on promises while a debugger is attached.
  if (name === '<symbol>') return 12;
  return name.startsWith('<symbol') ? 3 : 1;
}

function internalCost(name: string): number {
  // What the inspector holds for the one who looks is no leak of the program.
  if (/^\d+ \/ DevTools debugger$/.test(name)) return -1;
  // What is in there is linked by its name as well, or is V8's own note.
  if (name === 'properties') return 12;
  if (STORAGE.has(name) || /^\d+$/.test(name)) return 1;
  // An ephemeron keeps its value only with the key: prefer any path that needs no such luck.
  if (/^\d+ \/ part of key /.test(name)) return 8;
  return DESCRIPTION.test(name) ? 40 : 4;
}
