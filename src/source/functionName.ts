import type { Function as FunctionNode, Node } from '@babel/types';
import type { Position0 } from '../base/position';
import { memberName } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { ancestorsOf, isClass, isFunction, nodeAt, walk, type SyntaxTree } from './syntaxTree';

/** The places that name a function or method: its variable, or any member called like it. */
export function usesByName(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  callback: FunctionNode,
): Node[] {
  const name = nameOf(tree, callback);
  if (!name) return [];
  if (name.binding) {
    // From outside: inside, a parameter or the function expression itself may be called the same.
    const binding = scopes.resolve(name.text, tree.parentOf.get(callback) ?? callback);
    return binding ? scopes.referencesTo(binding) : [];
  }
  return membersCalled(tree, name.text);
}

/** Every member access by this name, whatever the object. */
export function membersCalled(tree: SyntaxTree, name: string): Node[] {
  const uses: Node[] = [];
  walk(tree.root, (node) => {
    if (memberName(node) === name) uses.push(node);
  });
  return uses;
}

/** What a function is called by: a variable (`binding`) or a member of an object or class. */
function nameOf(
  tree: SyntaxTree,
  callback: FunctionNode,
): { text: string; binding: boolean } | undefined {
  if (callback.type === 'FunctionDeclaration' && callback.id) {
    return { text: callback.id.name, binding: true };
  }
  if (callback.type === 'ClassPrivateMethod') {
    return { text: `#${callback.key.id.name}`, binding: false };
  }
  if (callback.type === 'ClassMethod' || callback.type === 'ObjectMethod') {
    const { key } = callback;
    return key.type === 'Identifier' ? { text: key.name, binding: false } : undefined;
  }
  const parent = tree.parentOf.get(callback);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    return { text: parent.id.name, binding: true };
  }
  if (parent?.type === 'AssignmentExpression') {
    const member = memberName(parent.left);
    if (member !== undefined) return { text: member, binding: false };
    return parent.left.type === 'Identifier'
      ? { text: parent.left.name, binding: true }
      : undefined;
  }
  if (parent?.type === 'ClassProperty' && parent.key.type === 'Identifier') {
    return { text: parent.key.name, binding: false };
  }
  return undefined;
}

/** Names of the functions and classes around a place, innermost first. */
export function namesAround(tree: SyntaxTree, position: Position0): string[] {
  const innermost = nodeAt(tree, position);
  return [innermost, ...ancestorsOf(tree, innermost)].flatMap((node) => {
    if (isClass(node)) return node.id ? [node.id.name] : [];
    const name = isFunction(node) ? nameOf(tree, node)?.text : undefined;
    return name === undefined ? [] : [name];
  });
}
