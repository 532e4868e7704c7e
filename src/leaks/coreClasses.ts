import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { NodeKinds } from './nodeKinds';
import { levelsBelow } from './objectsBelow';

/** More names than these only lead away from the leaked object. */
const MAX_CLASSES = 8;

/**
 * The classes of Node.js itself of which each leaked object has an instance of its own, the one
 * nearest to it first: an `Agent` below each socket, say. What two examples share belongs to neither.
 * @param above What holds the examples.
 */
export function coreClassesBelow(
  snapshot: HeapSnapshot,
  kinds: NodeKinds,
  [example, other]: readonly number[],
  above: readonly number[],
): string[] {
  if (other === undefined) return [];
  const { graph } = snapshot;
  const shared = new Set<number>();
  for (const level of levelsBelow(snapshot, kinds, other, above))
    for (const node of level) shared.add(node);
  const names = new Set<string>();
  for (const level of levelsBelow(snapshot, kinds, example, above)) {
    for (const node of level) {
      if (names.size === MAX_CLASSES) return [...names];
      if (!shared.has(node) && !kinds.isCallable(node) && isOfNode(snapshot, node)) {
        names.add(graph.nodeName(node));
      }
    }
  }
  return [...names];
}

/** Classes whose instances a program gets by making one of another class. */
const MADE_WITH: Readonly<Record<string, string>> = { MessagePort: 'MessageChannel' };

/** What a program makes to get an instance of a class of Node.js. */
export function makersOf(className: string): string[] {
  const maker = MADE_WITH[className];
  return maker === undefined ? [className] : [className, maker];
}

/** True for instances of which V8 places the constructor in a script of Node.js. */
function isOfNode(snapshot: HeapSnapshot, node: number): boolean {
  const location = snapshot.graph.location(node);
  const url = location && snapshot.scripts().get(location.scriptId)?.url;
  return url?.startsWith('node:') === true;
}
