import type { Node } from '@babel/types';
import { memberName, unwrap, type ContainerTest } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { childrenOf, isFunction, walk } from './syntaxTree';

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
export function buildsOn(value: Node, scopes: ScopeAnalysis, isContainer: ContainerTest): boolean {
  return new Successor(scopes, isContainer).isLarger(value);
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

class Successor {
  /** Each part is looked at once, however many variables lead to it. */
  private readonly seen = new Set<Node>();

  constructor(
    private readonly scopes: ScopeAnalysis,
    private readonly isContainer: ContainerTest,
  ) {}

  isLarger(value: Node, depth = MAX_DEPTH): boolean {
    const node = unwrap(value);
    if (this.isContainer(node)) return false;
    switch (node.type) {
      case 'LogicalExpression':
        return this.isLarger(node.left, depth) || this.isLarger(node.right, depth);
      case 'ConditionalExpression':
        return this.isLarger(node.consequent, depth) || this.isLarger(node.alternate, depth);
      case 'Identifier': {
        const init = depth > 0 ? initialiserOf(node, this.scopes) : undefined;
        return init !== undefined && this.isLarger(init, depth - 1);
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        if (NOT_LARGER.has(memberName(node.callee) ?? '')) return false;
    }
    return this.holds(node, depth);
  }

  /** True if the container can be reached from what the expression evaluates to. */
  private holds(value: Node, depth: number): boolean {
    const stack: [node: Node, depth: number][] = [[value, depth]];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const node = unwrap(top[0]);
      if (this.isContainer(node)) return true;
      if (this.seen.has(node)) continue;
      this.seen.add(node);
      const init = top[1] > 0 ? initialiserOf(node, this.scopes) : undefined;
      if (init && !isFunction(init)) stack.push([init, top[1] - 1]);
      for (const part of keptParts(node)) stack.push([part, top[1]]);
    }
    return false;
  }
}

/** The parts of an expression that its value may refer to. */
function keptParts(node: Node): Iterable<Node> {
  switch (node.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
    case 'UnaryExpression':
      return [];
    case 'BinaryExpression':
      return node.operator === '+' ? [node.left, node.right] : [];
    case 'ObjectProperty':
      return [node.value];
    case 'AssignmentExpression':
      // `tail = tail.next = x`
      return [node.right, ...(node.left.type === 'MemberExpression' ? [node.left.object] : [])];
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
        return [...node.arguments, callee];
      }
      const takesOut = TAKING_OUT.has(memberName(callee) ?? '');
      return takesOut ? node.arguments : [...node.arguments, callee.object];
    }
    default:
      return childrenOf(node);
  }
}

function initialiserOf(name: Node, scopes: ScopeAnalysis): Node | undefined {
  if (name.type !== 'Identifier') return undefined;
  const declaration = scopes.resolve(name.name, name)?.declaration;
  return declaration && scopes.initialiserOf(declaration);
}
