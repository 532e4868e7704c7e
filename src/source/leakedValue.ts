import type { Node } from '@babel/types';
import { unwrap } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { walk, type SyntaxTree } from './syntaxTree';

/** What the heap tells of the objects that pile up. */
export interface LeakedValue {
  readonly className: string;
  /** Own property names if it is a plain object. */
  readonly keys: readonly string[];
  /** True if they are in containers that are themselves in the one that has a name. */
  readonly isNested?: boolean;
  /** True if not objects pile up, but one takes more and more bytes. */
  readonly isOneObject?: boolean;
}

/** True if what grows is of a kind that never does: a larger one takes its place. */
export function isFixedLength({ className, isOneObject }: LeakedValue): boolean {
  return (
    isOneObject === true && /^(\w*Array|Buffer|DataView)$/.test(className) && className !== 'Array'
  );
}

/** True if evaluating `expression` makes an object like the leaked one, or names one that was. */
export function makesLeaked(
  scopes: ScopeAnalysis,
  expression: Node,
  leaked: LeakedValue,
  depth = 2,
): boolean {
  const node = unwrap(expression);
  if (node.type === 'ObjectExpression') return hasKeys(node, leaked.keys);
  if (node.type === 'NewExpression') {
    const { callee } = node;
    if (callee.type === 'Identifier') return callee.name === leaked.className;
    return callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
      ? callee.property.name === leaked.className
      : false;
  }
  if (node.type === 'Identifier' && depth > 0) {
    const declaration = scopes.resolve(node.name, node)?.declaration;
    const init = declaration && scopes.initialiserOf(declaration);
    return init !== undefined && makesLeaked(scopes, init, leaked, depth - 1);
  }
  return false;
}

/** Object literals with exactly the leaked object's property names; none for fewer than two names. */
export function literalsLike(tree: SyntaxTree, leaked: LeakedValue): Node[] {
  const found: Node[] = [];
  if (leaked.keys.length < 2) return found;
  walk(tree.root, (node) => {
    if (node.type === 'ObjectExpression' && hasKeys(node, leaked.keys)) found.push(node);
  });
  return found;
}

/**
 * V8 leaves small integers out of a snapshot, so an object may show fewer names than its literal
 * has: every name seen must be in the literal, and most of the literal must be seen.
 */
function hasKeys(literal: Node, keys: readonly string[]): boolean {
  if (literal.type !== 'ObjectExpression' || keys.length === 0) return false;
  const names = new Set<string>();
  for (const property of literal.properties) {
    if (property.type === 'SpreadElement' || property.computed) return false;
    if (property.key.type === 'Identifier') names.add(property.key.name);
    else if (property.key.type === 'StringLiteral') names.add(property.key.value);
  }
  return keys.every((key) => names.has(key)) && keys.length * 2 >= names.size;
}
