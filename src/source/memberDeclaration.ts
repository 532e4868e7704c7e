import type { Identifier, Node } from '@babel/types';
import { memberName } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { ancestorsOf, isClass, type SyntaxTree } from './syntaxTree';

/** True if `node` gives an object or class the member `name`. */
export function declaresMember(node: Node, name: string): boolean {
  switch (node.type) {
    case 'ClassPrivateProperty':
      return `#${node.key.id.name}` === name;
    case 'ClassProperty':
    case 'ObjectProperty':
    case 'ClassAccessorProperty': {
      const { key } = node;
      return (key.type === 'StringLiteral' || !node.computed) && isNamed(key, name);
    }
    case 'TSParameterProperty':
      return parameterName(node.parameter) === name;
    case 'AssignmentExpression':
      return memberName(node.left) === name;
    default:
      return false;
  }
}

function parameterName(parameter: Node): string | undefined {
  const id = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return id.type === 'Identifier' ? id.name : undefined;
}

/**
 * Compilers keep the values of a private field in a WeakMap of its own. The call that gives each
 * instance (or the class) its value stands for the field: `add(this, _field, x)`,
 * `_field.set(this, x)`.
 * @param references The uses of the WeakMap's variable.
 */
export function privateFieldOf(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  references: Iterable<Node>,
): Node | undefined {
  for (const use of references) {
    const outer = tree.parentOf.get(use);
    const call = outer?.type === 'MemberExpression' ? tree.parentOf.get(outer) : outer;
    if (call?.type !== 'CallExpression' || isUsed(tree, call)) continue;
    const [owner] = call.arguments;
    const isCalled = outer !== call && memberName(call.callee) === 'set';
    if (!isCalled && call.arguments[1] !== use) continue;
    if (owner.type === 'ThisExpression' && methodAround(tree, call) === 'constructor') return call;
    if (owner.type !== 'Identifier' || methodAround(tree, call) !== undefined) continue;
    if (isClassName(tree, scopes, owner)) return call;
  }
  return undefined;
}

/** False for a call that stands for itself. */
function isUsed(tree: SyntaxTree, call: Node): boolean {
  const outer = tree.parentOf.get(call)?.type;
  return outer !== 'ExpressionStatement' && outer !== 'SequenceExpression';
}

/** The kind of the class method that `node` is in. */
function methodAround(tree: SyntaxTree, node: Node): string | undefined {
  for (const outer of ancestorsOf(tree, node)) if (outer.type === 'ClassMethod') return outer.kind;
  return undefined;
}

function isClassName(tree: SyntaxTree, scopes: ScopeAnalysis, name: Identifier): boolean {
  const declaration = scopes.resolve(name.name, name)?.declaration;
  const declaring = declaration && tree.parentOf.get(declaration);
  const made = declaration && scopes.initialiserOf(declaration);
  return [declaring, made].some((node) => node !== undefined && isClass(node));
}

/** True for a key that is written as an identifier or a string. */
export function isNamed(key: Node, name: string): boolean {
  return key.type === 'Identifier' ? key.name === name : isText(key, name);
}

export function isText(node: Node, text: string): boolean {
  return node.type === 'StringLiteral' && node.value === text;
}
