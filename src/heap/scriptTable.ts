import type { HeapGraph, NodeOrdinal } from './heapGraph';

/** A script as the snapshot knows it. */
export interface Script {
  readonly scriptId: number;
  /** `file:///…`, a path, `node:…`; empty for unnamed code. */
  readonly url: string;
  /** The `sourceMappingURL` of the script, as written in it; absent if it is a long data URL. */
  readonly sourceMapUrl?: string;
  /**
   * SHA-256 of the UTF-8 source, 64 hex digits. V8 computes it once a debugger asked for scripts.
   */
  readonly hash?: string;
}

/**
 * The scripts that closures in the heap come from, by script id. A closure's location has the id;
 * its `shared` function info leads to V8's Script object, whose name is the URL.
 */
export function readScripts(graph: HeapGraph): Map<number, Script> {
  const scripts = new Map<number, Script>();
  const { nodeOf, scriptIdOf, length } = graph.locations;
  const closure = graph.nodeTypes.indexOf('closure');
  for (let row = 0; row < length; row++) {
    const scriptId = scriptIdOf[row];
    if (graph.nodeTypeOf[nodeOf[row]] !== closure || scripts.has(scriptId)) continue;
    const node = scriptNode(graph, nodeOf[row]);
    if (node >= 0) scripts.set(scriptId, readScript(graph, scriptId, node));
  }
  return scripts;
}

/** V8's Script object of a closure; -1 if the way to it is obstructed. */
function scriptNode(graph: HeapGraph, closure: NodeOrdinal): number {
  const shared = graph.findEdge(closure, 'shared', 'internal');
  if (shared < 0) return -1;
  let script = graph.findEdge(shared, 'script', 'internal');
  if (script < 0) script = graph.findEdge(shared, 'script_or_debug_info', 'internal');
  // Up to Node 20 a function with a breakpoint has its debug info there.
  return script >= 0 && graph.findEdge(script, 'source', 'internal') >= 0 ? script : -1;
}

const HASH = /^[0-9a-f]{64}$/;

/** V8 cuts longer strings when it writes a snapshot (its flag heap_snapshot_string_limit). */
const STRING_LIMIT = 1024;

/**
 * V8 names few of a Script's fields; the others have a number that depends on which fields before
 * them are set. From Node 20 to 26 the list of functions is followed at two places' distance by the
 * source URL, that by the source map URL, and the hash comes later.
 */
function readScript(graph: HeapGraph, scriptId: number, script: NodeOrdinal): Script {
  const strings = new Map<number, string>();
  let functionsIndex = Infinity;
  for (let edge = graph.firstEdgeOf[script]; edge < graph.firstEdgeOf[script + 1]; edge++) {
    if (graph.edgeType(edge) !== 'hidden') continue;
    const index = graph.edgeNameOrIndexOf[edge];
    const target = graph.edgeTargetOf[edge];
    const text = graph.nodeName(target);
    if (graph.nodeType(target) === 'string') strings.set(index, text);
    else if (text === 'system / WeakFixedArray') functionsIndex = index;
  }
  const sourceUrl = strings.get(functionsIndex + 2);
  const sourceMapUrl = strings.get(functionsIndex + 3) ?? '';
  const hasSourceMapUrl = sourceMapUrl !== '' && sourceMapUrl.length < STRING_LIMIT;
  const hash = [...strings.values()].find((text) => HASH.test(text));
  return {
    scriptId,
    // Like Debugger.scriptParsed, which names a script by its sourceURL comment if it has one.
    url: sourceUrl ?? graph.nodeName(script),
    ...(hasSourceMapUrl && { sourceMapUrl }),
    ...(hash !== undefined && { hash }),
  };
}
