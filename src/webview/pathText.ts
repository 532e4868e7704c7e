import type { RetainerTree, TreeRow } from './retainerTree';

/**
 * How the object of a row is held, one object a line, each indented under the one that holds it: for
 * a step of the path from the GC root to it, for a retainer from it to the step that it holds.
 */
export function pathText(tree: RetainerTree, row: TreeRow): string {
  const lines = row.level === 1 ? stepLines(tree, row) : retainerLines(tree, row);
  return lines.map((line, depth) => '  '.repeat(depth) + line).join('\n');
}

function stepLines(tree: RetainerTree, row: TreeRow): string[] {
  return tree.stepsTo(row.key).map((object) => words(object.edge, object));
}

/** A retainer's edge leads to the row above it, so it is written a line later. */
function retainerLines(tree: RetainerTree, row: TreeRow): string[] {
  const lines: string[] = [];
  let edge = '';
  for (let at: TreeRow | undefined = row; at?.kind === 'object'; at = parentRow(tree, at)) {
    lines.push(words(edge, at.object));
    edge = at.object.edge;
  }
  return lines;
}

function parentRow(tree: RetainerTree, { parentKey }: TreeRow): TreeRow | undefined {
  const index = parentKey === undefined ? undefined : tree.indexOf(parentKey);
  return index === undefined ? undefined : tree.rowAt(index);
}

interface Described {
  readonly className: string;
  readonly objectId: number;
  readonly place?: { readonly label: string };
}

function words(edge: string, { className, objectId, place }: Described): string {
  const parts = [edge, className, `@${objectId}`, place ? `(${place.label})` : ''];
  // A name may have line breaks in it; what is copied has one object a line.
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/\s+/g, ' ');
}
