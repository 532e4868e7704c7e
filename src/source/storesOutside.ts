import type { Function as FunctionNode, Node } from '@babel/types';
import type { Position0 } from '../base/position';
import { memberName, unwrap } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { functionAt, startOf, walk, type SyntaxTree } from './syntaxTree';

/** Methods by which the standard containers and emitters take something in. */
const ADDING_METHODS = new Set([
  ...['set', 'add', 'push', 'unshift', 'append', 'enqueue', 'insert', 'put'],
  ...['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'addEventListener'],
]);

/**
 * Where the function at a position puts something into a container that outlives its call: one
 * that was declared outside of it, or a member of `this`. In source order; a constructor's own members
 * live no longer than what it makes.
 */
export function storesOutside(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  position: Position0,
): Position0[] {
  const made = functionAt(tree, position);
  if (!made) return [];
  const outlives = (container: Node) => outlivesCall(container, made, scopes);
  const found: Position0[] = [];
  walk(made.body, (node) => {
    const container = filledBy(node);
    // What an inner function does is done by its own calls.
    if (container && functionAt(tree, startOf(node)) === made && outlives(container)) {
      found.push(startOf(node));
    }
  });
  return found;
}

/** What `container.set(…)`, `container[key] = …` and their like fill. */
function filledBy(node: Node): Node | undefined {
  if (node.type === 'CallExpression' || node.type === 'OptionalCallExpression') {
    const { callee } = node;
    const isMember =
      callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
    return isMember && ADDING_METHODS.has(memberName(callee) ?? '') ? callee.object : undefined;
  }
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') {
    return undefined;
  }
  return node.left.computed ? node.left.object : undefined;
}

function outlivesCall(container: Node, made: FunctionNode, scopes: ScopeAnalysis): boolean {
  const root = rootOf(container);
  if (root.type === 'ThisExpression') {
    const isConstructor = made.type === 'ClassMethod' && made.kind === 'constructor';
    return !isConstructor && root !== unwrap(container);
  }
  if (root.type !== 'Identifier') return false;
  const declaration = scopes.resolve(root.name, root)?.declaration;
  if (!declaration) return false; // a global of the language or of Node.js
  return !(declaration.start! >= made.start! && declaration.end! <= made.end!);
}

/** What a chain of members such as `registry.byName.all` begins with. */
function rootOf(node: Node): Node {
  let root = unwrap(node);
  while (root.type === 'MemberExpression' || root.type === 'OptionalMemberExpression') {
    root = unwrap(root.object);
  }
  return root;
}
