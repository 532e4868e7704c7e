import type { Function as FunctionNode, Node } from '@babel/types';
import { memberName, unwrap, type ContainerTest } from './containerUse';
import { usesByName } from './functionName';
import type { ScopeAnalysis } from './scopes';
import { ancestorsOf, isFunction, walk, type SyntaxTree } from './syntaxTree';

/** How large the code lets a container become. */
export interface Bound {
  /** The largest size, where the code says it as a number. */
  readonly limit?: number;
}

/** A comparison with less than this asks whether anything is there at all. */
const LEAST_LIMIT = 2;

/**
 * The bound that a removal keeps: `if (c.size > MAX) c.delete(…)`, `while (…) c.shift()`,
 * `c.length >= MAX && c.shift()`. The size compared must be that of the same container.
 */
export function boundingTest(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  removal: Node,
  isContainer: ContainerTest,
): Bound | undefined {
  let child = removal;
  for (const outer of ancestorsOf(tree, removal)) {
    const test = testBefore(outer, child);
    const bound = test && upperBoundIn(scopes, test, isContainer);
    if (bound) return bound;
    if (isFunction(outer)) return boundingCall(tree, scopes, outer, isContainer);
    child = outer;
  }
  return undefined;
}

/** The same where the removal has a function of its own: `if (c.size > MAX) evict();` */
function boundingCall(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  removing: FunctionNode,
  isContainer: ContainerTest,
): Bound | undefined {
  for (const use of usesByName(tree, scopes, removing)) {
    let child = use;
    for (const outer of ancestorsOf(tree, use)) {
      if (isFunction(outer)) break;
      const test = testBefore(outer, child);
      const bound = test && upperBoundIn(scopes, test, isContainer);
      if (bound) return bound;
      child = outer;
    }
  }
  return undefined;
}

/**
 * The bound that stands before something is added: `if (c.size < MAX) c.add(x)`, or
 * `if (c.size >= MAX) return;` earlier in the same function. A loop that adds while there is room
 * always reaches its limit: where the container goes on growing, so does the limit.
 */
export function boundBeforeAdding(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  adding: Node,
  isContainer: ContainerTest,
): { test: Node; bound: Bound } | undefined {
  let child = adding;
  for (const outer of ancestorsOf(tree, adding)) {
    const room = outer.type === 'WhileStatement' ? undefined : testBefore(outer, child);
    const guard = room && lowerBoundIn(scopes, room, isContainer);
    if (room && guard) return { test: room, bound: guard };
    if (outer.type === 'BlockStatement') {
      for (const statement of outer.body.slice(0, outer.body.indexOf(child as never))) {
        if (statement.type !== 'IfStatement' || !leaves(statement.consequent)) continue;
        const bound = upperBoundIn(scopes, statement.test, isContainer);
        if (bound) return { test: statement.test, bound };
      }
    }
    if (isFunction(outer)) return undefined;
    child = outer;
  }
  return undefined;
}

/** Cutting to size needs no test: `c.length = MAX`, `c = c.slice(-MAX)`, `c.splice(MAX)`. */
export function boundOfCut(
  scopes: ScopeAnalysis,
  removal: Node,
  isContainer: ContainerTest,
): Bound | undefined {
  if (removal.type === 'AssignmentExpression') {
    if (memberName(removal.left) === 'length') return limitOf(scopes, removal.right);
    const cut = unwrap(removal.right);
    if (cut.type !== 'CallExpression' || memberName(cut.callee) !== 'slice') return undefined;
    const [from, to] = cut.arguments;
    if (!to && from?.type === 'UnaryExpression') return limitOf(scopes, from.argument);
    return to && isNumber(from, 0) ? limitOf(scopes, to) : undefined;
  }
  if (removal.type !== 'CallExpression' || memberName(removal.callee) !== 'splice')
    return undefined;
  const [from, count] = removal.arguments;
  if (!from) return undefined;
  if (!count) return limitOf(scopes, from);
  // splice(0, c.length - MAX)
  const excess = count.type === 'BinaryExpression' && count.operator === '-' ? count : undefined;
  return excess && isSize(excess.left, isContainer) ? limitOf(scopes, excess.right) : undefined;
}

/** The test that decides whether `child` is evaluated. */
function testBefore(outer: Node, child: Node): Node | undefined {
  switch (outer.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return outer.consequent === child ? outer.test : undefined;
    case 'WhileStatement':
      return outer.body === child ? outer.test : undefined;
    case 'LogicalExpression':
      return outer.operator === '&&' && outer.right === child ? outer.left : undefined;
    default:
      return undefined;
  }
}

/** `size > limit` in any spelling, anywhere in `test`. */
function upperBoundIn(
  scopes: ScopeAnalysis,
  test: Node,
  isContainer: ContainerTest,
): Bound | undefined {
  return comparisonIn(scopes, test, isContainer, ['>', '>=', '===', '=='], ['<', '<=']);
}

/** `size < limit` in any spelling, anywhere in `test`. */
function lowerBoundIn(
  scopes: ScopeAnalysis,
  test: Node,
  isContainer: ContainerTest,
): Bound | undefined {
  return comparisonIn(scopes, test, isContainer, ['<', '<='], ['>', '>=']);
}

function comparisonIn(
  scopes: ScopeAnalysis,
  test: Node,
  isContainer: ContainerTest,
  sizeFirst: readonly string[],
  limitFirst: readonly string[],
): Bound | undefined {
  let found: Bound | undefined;
  walk(test, (node) => {
    if (node.type !== 'BinaryExpression' || found) return;
    const { operator, left, right } = node;
    if (sizeFirst.includes(operator) && isSize(left, isContainer)) found = limitOf(scopes, right);
    if (limitFirst.includes(operator) && isSize(right, isContainer)) found = limitOf(scopes, left);
  });
  return found;
}

/** `c.size`, `c.length`, `Object.keys(c).length` */
function isSize(node: Node, isContainer: ContainerTest): boolean {
  const member = unwrap(node);
  if (member.type !== 'MemberExpression' && member.type !== 'OptionalMemberExpression')
    return false;
  if (!/^(size|length|byteLength)$/.test(memberName(member) ?? '')) return false;
  const owner = unwrap(member.object);
  if (isContainer(owner)) return true;
  if (owner.type !== 'CallExpression' || owner.callee.type !== 'MemberExpression') return false;
  const { object } = owner.callee;
  const [listed] = owner.arguments;
  return (
    object.type === 'Identifier' && object.name === 'Object' && !!listed && isContainer(listed)
  );
}

/**
 * No bound at all where the limit is next to nothing, which asks whether anything is there, or
 * where it is the place of an element.
 */
function limitOf(scopes: ScopeAnalysis, expression: Node): Bound | undefined {
  const limit = numberOf(scopes, expression);
  if (limit !== undefined) return limit < LEAST_LIMIT ? undefined : { limit };
  return isIndex(initialValue(scopes, unwrap(expression))) ? undefined : {};
}

function isIndex(value: Node | undefined): boolean {
  const method = value?.type === 'CallExpression' ? memberName(value.callee) : undefined;
  return method !== undefined && /^(indexOf|lastIndexOf|findIndex|findLastIndex)$/.test(method);
}

/** The value of a number literal, a product of such, a constant, or the default in `x ?? 500`. */
function numberOf(scopes: ScopeAnalysis, expression: Node, depth = 4): number | undefined {
  const node = unwrap(expression);
  if (depth === 0) return undefined;
  if (node.type === 'NumericLiteral') return node.value;
  if (node.type === 'BinaryExpression' && node.operator === '*') {
    const left = numberOf(scopes, node.left, depth - 1);
    const right = numberOf(scopes, node.right, depth - 1);
    return left === undefined || right === undefined ? undefined : left * right;
  }
  if (node.type === 'LogicalExpression' && node.operator !== '&&') {
    return numberOf(scopes, node.right, depth - 1);
  }
  const value = initialValue(scopes, node);
  return value && numberOf(scopes, value, depth - 1);
}

function initialValue(scopes: ScopeAnalysis, node: Node): Node | undefined {
  if (node.type !== 'Identifier') return undefined;
  const declaration = scopes.resolve(node.name, node)?.declaration;
  return declaration && scopes.initialiserOf(declaration);
}

function isNumber(node: Node | undefined, value: number): boolean {
  return node?.type === 'NumericLiteral' && node.value === value;
}

/** True for a branch after which the rest of the block does not run. */
function leaves(branch: Node): boolean {
  const last = branch.type === 'BlockStatement' ? branch.body.at(-1) : branch;
  return last !== undefined && /^(Return|Throw|Break|Continue)Statement$/.test(last.type);
}
