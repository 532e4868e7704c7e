import type { Function as FunctionNode, Node } from '@babel/types';
import { ancestorsOf, isFunction, walk, type SyntaxTree } from './syntaxTree';

/**
 * The places in which a call of `made` may be suspended by waiting: each `await` and `for await` of
 * its own, not those of functions inside of it. In source order.
 */
export function waitsIn(tree: SyntaxTree, made: FunctionNode): Node[] {
  const found: Node[] = [];
  walk(made.body, (node) => {
    const waits = node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await);
    if (waits && innermostFunction(tree, node) === made) found.push(node);
  });
  return found;
}

function innermostFunction(tree: SyntaxTree, node: Node): Node | undefined {
  for (const outer of ancestorsOf(tree, node)) if (isFunction(outer)) return outer;
  return undefined;
}
