import type { HeapGraph } from '../heap/heapGraph';

export const MAX_EDGE_COST = 40;

/** V8's links between an object and its own storage, which a developer sees as one thing. */
const STORAGE = new Set(['elements', 'table', 'properties', 'context', 'previous', 'value']);
/** Links to what describes or compiles an object rather than to what it holds. */
const DESCRIPTION =
  /^(map|shared|code|feedback_cell|feedback_vector|script|script_or_debug_info|scope_info|prototype_info|dependent_code|descriptors|transitions|initial_map|native_context|raw_feedback_cell|function_data|outer_scope_info)$/;

/** What it costs a retaining path to take an edge; see PathTree. */
export class EdgeCosts {
  /** Cost + 1 by name (string index), 0 if not yet known. */
  private readonly byInternalName: Uint8Array;
  private readonly byPropertyName: Uint8Array;
  private readonly typeNames: readonly string[];
  /** String index of the name of V8's table of unique strings, a root of which the entries are weak. */
  private readonly stringTable: number;

  constructor(private readonly graph: HeapGraph) {
    this.byInternalName = new Uint8Array(graph.strings.length);
    this.byPropertyName = new Uint8Array(graph.strings.length);
    this.typeNames = graph.edgeTypes;
    this.stringTable = graph.strings.indexOf('(Internalized strings)');
  }

  /** 0..MAX_EDGE_COST; -1 for edges that keep nothing alive. */
  of(source: number, edge: number): number {
    const name = this.graph.edgeNameOrIndexOf[edge];
    switch (this.typeNames[this.graph.edgeTypeOf[edge]]) {
      case 'weak':
        return -1;
      case 'context':
      case 'shortcut':
        return 1;
      case 'property':
        return this.cached(this.byPropertyName, name, propertyCost);
      case 'element':
        return this.graph.nodeType(source) === 'synthetic' ? 25 : 1;
      case 'internal':
        if (this.graph.nodeNameOf[source] === this.stringTable) return -1;
        return this.cached(this.byInternalName, name, internalCost);
      default:
        return 5;
    }
  }

  private cached(table: Uint8Array, name: number, cost: (name: string) => number): number {
    if (table[name] === 0) table[name] = cost(this.graph.strings.get(name)) + 1;
    return table[name] - 1;
  }
}

function propertyCost(name: string): number {
  if (name === '__proto__' || name === 'constructor') return 12;
  return name.startsWith('<symbol') ? 3 : 1;
}

function internalCost(name: string): number {
  if (STORAGE.has(name) || /^\d+$/.test(name)) return 1;
  // An ephemeron keeps its value only with the key: prefer any path that needs no such luck.
  if (/^\d+ \/ part of key /.test(name)) return 8;
  return DESCRIPTION.test(name) ? 40 : 4;
}
