import type { Node } from '@babel/types';
import { isFunction, ancestorsOf, type SyntaxTree } from './syntaxTree';

/** True for an expression that is the container in question. */
export type ContainerTest = (expression: Node) => boolean;

/** The name of a member access (`a.b`, `a['b']`, `a.#b` as `#b`); undefined if computed. */
export function memberName(node: Node): string | undefined {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression')
    return undefined;
  const { property } = node;
  if (property.type === 'PrivateName') return `#${property.id.name}`;
  if (property.type === 'Identifier' && !node.computed) return property.name;
  return property.type === 'StringLiteral' ? property.value : undefined;
}

/** The expression without parentheses, type assertions and `await`. */
export function unwrap(node: Node): Node {
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return unwrap(node.expression);
    case 'AwaitExpression':
      return unwrap(node.argument);
    default:
      return node;
  }
}

/** True if the code at `node` can run more than once: it lies in a function. */
export function runsRepeatedly(tree: SyntaxTree, node: Node): boolean {
  for (const outer of ancestorsOf(tree, node)) if (isFunction(outer)) return true;
  return false;
}
