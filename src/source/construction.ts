import type { Node } from '@babel/types';
import { memberName } from './containerUse';
import { walk, type SyntaxTree } from './syntaxTree';

/**
 * Expressions that make an instance of a class of this name: `new Agent()`, `new http.Agent()`, and
 * the factories that Node.js names after a class, as in `net.createServer()`. In source order.
 */
export function constructionsOf(tree: SyntaxTree, className: string): Node[] {
  const found: Node[] = [];
  walk(tree.root, (node) => {
    if (node.type === 'NewExpression') {
      if (calledName(node.callee) === className) found.push(node);
    } else if (node.type === 'CallExpression' || node.type === 'OptionalCallExpression') {
      if (calledName(node.callee) === `create${className}`) found.push(node);
    }
  });
  return found;
}

function calledName(callee: Node): string | undefined {
  return callee.type === 'Identifier' ? callee.name : memberName(callee);
}
