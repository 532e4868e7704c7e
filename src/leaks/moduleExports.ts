import type { HeapSnapshot } from '../heap/heapSnapshot';

/** The file name of the CommonJS module whose `exports` the object is. */
export function commonJsModuleExporting(snapshot: HeapSnapshot, node: number): string | undefined {
  const { graph } = snapshot;
  for (const { holder, edge } of retainersOf(snapshot, node)) {
    if (graph.edgeName(edge) !== 'exports') continue;
    const file = commonJsFile(snapshot, holder);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The file name of a CommonJS module; undefined for anything else. */
export function commonJsFile({ graph }: HeapSnapshot, module: number): string | undefined {
  if (graph.nodeName(module) !== 'Module') return undefined;
  const file = graph.findEdge(module, 'filename', 'property');
  return file >= 0 ? graph.nodeName(file) : undefined;
}

/** An export of an ECMAScript module. */
export interface ModuleExport {
  readonly name: string;
  /** The module's scope, a Context; -1 if no function uses it. */
  readonly scope: number;
}

/**
 * What a module exports through `cell`. V8 keeps an exported variable in a Cell of its own, which
 * importing modules share; only the exporting module's table has the name, in the slot before.
 */
export function moduleExportIn(snapshot: HeapSnapshot, cell: number): ModuleExport | undefined {
  const { graph } = snapshot;
  for (const { holder: table, edge } of retainersOf(snapshot, cell)) {
    if (graph.nodeType(table) !== 'array') continue;
    const nameSlot = String(Number(graph.edgeName(edge)) - 1);
    const name = slotText(snapshot, table, nameSlot);
    if (name !== undefined) return { name, scope: scopeOfModuleWith(snapshot, table) };
  }
  return undefined;
}

function slotText({ graph }: HeapSnapshot, table: number, slot: string): string | undefined {
  for (let edge = graph.firstEdgeOf[table]; edge < graph.firstEdgeOf[table + 1]; edge++) {
    const target = graph.edgeTargetOf[edge];
    if (graph.edgeName(edge) === slot && graph.nodeType(target) === 'string') {
      return graph.nodeName(target);
    }
  }
  return undefined;
}

function scopeOfModuleWith(snapshot: HeapSnapshot, table: number): number {
  const { graph } = snapshot;
  for (const { holder: module } of retainersOf(snapshot, table)) {
    if (graph.nodeName(module) !== 'system / SourceTextModule') continue;
    for (const { holder: scope, edge } of retainersOf(snapshot, module)) {
      if (graph.edgeName(edge) === 'extension') return scope;
    }
  }
  return -1;
}

function* retainersOf(
  { retainers }: HeapSnapshot,
  node: number,
): Generator<{ holder: number; edge: number }> {
  const first = retainers.firstRetainerOf[node];
  for (const [i, edge] of retainers.edgesTo(node).entries()) {
    yield { holder: retainers.retainingNodeOf[first + i], edge };
  }
}
