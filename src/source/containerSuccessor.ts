import type { Node } from '@babel/types';
import { memberName, unwrap, type ContainerTest } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { childrenOf, walk } from './syntaxTree';

/** Methods whose result is no larger than what they are called on. */
const NOT_LARGER = new Set([
  ...['filter', 'slice', 'subarray', 'substring', 'substr', 'trim', 'map', 'replace'],
  ...['sort', 'reverse', 'toSorted', 'toReversed', 'with', 'fill', 'copyWithin'],
]);

/** Methods whose result does not hold the rest of what they are called on. */
const TAKING_OUT = new Set([
  ...['get', 'at', 'find', 'findLast', 'findIndex', 'indexOf', 'has', 'includes', 'some', 'every'],
  ...['pop', 'shift', 'splice', 'keys', 'reduce', 'charAt', 'codePointAt', 'bind'],
]);

/** Variables that are looked through for what they start with. */
const MAX_DEPTH = 2;

/**
 * True if the new value holds the old one and more: `[...c, x]`, `{ ...c }`, `c.concat(x)`,
 * `{ next: c }`, or a variable that starts with such. Not what is only read or left out of it.
 */
export function buildsOn(
  value: Node,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
  depth = MAX_DEPTH,
): boolean {
  const node = unwrap(value);
  if (isContainer(node)) return false;
  const again = (part: Node) => buildsOn(part, scopes, isContainer, depth);
  switch (node.type) {
    case 'LogicalExpression':
      return again(node.left) || again(node.right);
    case 'ConditionalExpression':
      return again(node.consequent) || again(node.alternate);
    case 'Identifier': {
      const init = initialiserOf(node, scopes);
      return init !== undefined && depth > 0 && buildsOn(init, scopes, isContainer, depth - 1);
    }
    case 'CallExpression':
    case 'OptionalCallExpression':
      if (NOT_LARGER.has(memberName(node.callee) ?? '')) return false;
  }
  return holds(node, scopes, isContainer, depth);
}

/** True if the container has any part in making the value. */
export function derivesFrom(
  value: Node,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
): boolean {
  const node = unwrap(value);
  const made = node.type === 'Identifier' ? initialiserOf(node, scopes) : node;
  let found = false;
  if (made) walk(made, (part) => (found ||= isContainer(part)));
  return found;
}

/** True if the container can be reached from what the expression evaluates to. */
function holds(
  value: Node,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
  depth: number,
): boolean {
  const node = unwrap(value);
  if (isContainer(node)) return true;
  const again = (part: Node) => holds(part, scopes, isContainer, depth);
  switch (node.type) {
    case 'Identifier': {
      const init = initialiserOf(node, scopes);
      return init !== undefined && depth > 0 && holds(init, scopes, isContainer, depth - 1);
    }
    case 'MemberExpression':
    case 'OptionalMemberExpression':
    case 'UnaryExpression':
      return false;
    case 'BinaryExpression':
      return node.operator === '+' && (again(node.left) || again(node.right));
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const { callee } = node;
      if (node.arguments.some(again)) return true;
      if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
        return again(callee);
      }
      return !TAKING_OUT.has(memberName(callee) ?? '') && again(callee.object);
    }
    case 'ObjectProperty':
      return again(node.value);
    case 'AssignmentExpression':
      // `tail = tail.next = x`
      return (
        again(node.right) || (node.left.type === 'MemberExpression' && again(node.left.object))
      );
    default:
      return [...childrenOf(node)].some(again);
  }
}

function initialiserOf(name: Node, scopes: ScopeAnalysis): Node | undefined {
  if (name.type !== 'Identifier') return undefined;
  const declaration = scopes.resolve(name.name, name)?.declaration;
  return declaration && scopes.initialiserOf(declaration);
}
