import type { CallExpression } from '@babel/types';
import type { EditedSource } from './editedSource';
import type { QuickFix } from './quickFixes';
import { walk } from './syntaxTree';

/** @param line From 1. @returns the calls that begin in it, in the order of the tree */
export function callsAt(file: EditedSource, line: number): CallExpression[] {
  const calls: CallExpression[] = [];
  walk(file.tree.root, (node) => {
    if (node.type === 'CallExpression' && node.loc?.start.line === line) calls.push(node);
  });
  return calls;
}

/** The fix of the one call in a line that has one; none where it is not clear which is meant. */
export function onlyCallFix(
  file: EditedSource,
  line: number,
  fixOf: (call: CallExpression) => QuickFix | undefined,
): QuickFix | undefined {
  const fixes = callsAt(file, line)
    .map(fixOf)
    .filter((fix) => fix !== undefined);
  return fixes.length === 1 ? fixes[0] : undefined;
}
