import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { Anchor } from './leakAnalysis';
import { commonJsFile } from './moduleExports';
import type { ChainLink } from './retainingChain';

/** Scripts of Node.js that keep what was loaded: caches of modules, of their names, of files. */
const LOADER_SCRIPT = /^node:internal\/modules\//;

/** True for a link into what a module made itself: its exports, its scope. */
export function entersModule({ graph }: HeapSnapshot, { edge, node }: ChainLink): boolean {
  return graph.nodeName(node) === 'ModuleWrap' || (edge >= 0 && graph.edgeName(edge) === 'exports');
}

/**
 * Code that loads modules, if `link` leads to a variable or field of a module loader of Node.js: a
 * cache of modules or of their names, or the children of a CommonJS module.
 * @param scriptOf The script of an object's constructor, a closure, or a scope.
 * @param unit One of the objects that pile up.
 */
export function moduleLoadAnchor(
  snapshot: HeapSnapshot,
  { holder, edge }: ChainLink,
  scriptOf: (node: number) => number | undefined,
  unit: number,
): Anchor | undefined {
  if (holder < 0 || !/^(property|context)$/.test(snapshot.graph.edgeType(edge))) return undefined;
  const script = snapshot.scripts().get(scriptOf(holder) ?? -1);
  if (!script || !LOADER_SCRIPT.test(script.url)) return undefined;
  const loader = commonJsFile(snapshot, holder);
  const loaded = commonJsFile(snapshot, unit);
  return {
    kind: 'load',
    ...(loader !== undefined && { loader }),
    ...(loaded !== undefined && { loaded }),
  };
}
