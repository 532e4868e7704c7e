import type { HeapGraph, NodeOrdinal } from './heapGraph';

/**
 * The class a node is counted under, named as DevTools does (HeapSnapshot.ts calculateObjectNames):
 * the constructor's name for objects, `Function` for closures, `(string)`, `(array)`, `(system)`,
 * `(compiled code)` and so on for the rest. Plain objects are all `Object`.
 *
 * @param detached whether `Detached` stands before the name of the native node
 */
export function className(graph: HeapGraph, node: NodeOrdinal, detached = false): string {
  const type = graph.nodeType(node);
  switch (type) {
    case 'hidden':
      return '(system)';
    case 'code':
      return '(compiled code)';
    case 'closure':
      return 'Function';
    case 'regexp':
      return 'RegExp';
    case 'object':
    case 'native':
      return withoutAttributes((detached ? 'Detached ' : '') + graph.nodeName(node));
    default:
      return `(${type})`;
  }
}

/** True if nodes of this type are classed by name; all other nodes of one type are one class. */
export function isClassedByName(type: string): boolean {
  return type === 'object' || type === 'native';
}

/** DOM elements carry their attributes in their names: `<div id="a">` is a `<div>`. */
function withoutAttributes(name: string): string {
  const tag = name.startsWith('<') ? 0 : name.startsWith('Detached <') ? 'Detached '.length : -1;
  const space = tag < 0 ? -1 : name.indexOf(' ', tag);
  return space < 0 ? name : `${name.slice(0, space)}>`;
}
