import type { Node } from '@babel/types';
import { boundingTest, boundOfCut, type Bound } from './containerBound';
import { withAliases } from './containerAliases';
import { memberName, runsRepeatedly, unwrap, type ContainerTest } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { ancestorsOf, isFunction, walk, type SyntaxTree } from './syntaxTree';

/** A part of a statement that makes a container smaller, or keeps it from growing. */
export interface RemovalUse {
  /** The call, assignment or `delete`; for a check before something is added, the comparison. */
  readonly node: Node;
  /** There if this holds the container itself (not one inside of it) below a limit. */
  readonly bound?: Bound;
}

/** Methods by which the standard containers and emitters let something go. */
const REMOVING_METHODS = new Set([
  ...['delete', 'clear', 'shift', 'pop', 'splice'],
  ...['off', 'removeListener', 'removeAllListeners', 'removeEventListener'],
]);

/**
 * Every place in the file that removes from the container when the program runs, in source order.
 * @param isDeclared True if it is made where it is declared: then an assignment makes it anew, else
 *   one that is the only one makes it.
 */
export function findRemovals(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
  isDeclared: boolean,
): RemovalUse[] {
  const reaches = withAliases(tree, scopes, isContainer);
  const startsAnew = isDeclared || assignmentsTo(tree, isContainer) > 1;
  const found: RemovalUse[] = [];
  walk(tree.root, (node) => {
    const removal =
      removalByCall(node, reaches) ??
      removalByDelete(node, reaches) ??
      cutByAssignment(node, isContainer) ??
      (startsAnew ? emptiedByAssignment(tree, node, isContainer) : undefined);
    if (!removal || !runsRepeatedly(tree, node)) return;
    const direct = isContainer(removal);
    const bound = direct
      ? (boundingTest(tree, scopes, node, isContainer) ?? boundOfCut(scopes, node, isContainer))
      : undefined;
    found.push({ node, ...(bound && { bound }) });
  });
  return found;
}

/** The expression that the call removes from. */
function removalByCall(node: Node, reaches: ContainerTest): Node | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return undefined;
  const { callee } = node;
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
    return undefined;
  }
  const method = memberName(callee) ?? '';
  if (REMOVING_METHODS.has(method)) {
    // With a third argument it replaces as well; with the second 0 it only inserts.
    const inserts = method === 'splice' && isZero(node.arguments[1]);
    return !inserts && reaches(callee.object) ? unwrap(callee.object) : undefined;
  }
  const isReflect = callee.object.type === 'Identifier' && callee.object.name === 'Reflect';
  const [target] = node.arguments;
  return isReflect && method === 'deleteProperty' && target && reaches(target)
    ? unwrap(target)
    : undefined;
}

/** `delete container[key]` */
function removalByDelete(node: Node, reaches: ContainerTest): Node | undefined {
  if (node.type !== 'UnaryExpression' || node.operator !== 'delete') return undefined;
  const member = unwrap(node.argument);
  if (member.type !== 'MemberExpression' && member.type !== 'OptionalMemberExpression') {
    return undefined;
  }
  return reaches(member.object) ? unwrap(member.object) : undefined;
}

/** `container.length = n`, `container = container.filter(…)` */
function cutByAssignment(node: Node, isContainer: ContainerTest): Node | undefined {
  if (node.type !== 'AssignmentExpression' || node.operator !== '=') return undefined;
  const { left, right } = node;
  if (left.type === 'MemberExpression' && memberName(left) === 'length') {
    return isContainer(left.object) ? unwrap(left.object) : undefined;
  }
  return isContainer(left) && isPartOf(right, isContainer) ? left : undefined;
}

/** `container = new Map()` where it is not made for the first time. */
function emptiedByAssignment(
  tree: SyntaxTree,
  node: Node,
  isContainer: ContainerTest,
): Node | undefined {
  if (node.type !== 'AssignmentExpression' || node.operator !== '=') return undefined;
  const { left, right } = node;
  if (!isContainer(left) || !isEmpty(right)) return undefined;
  return isFirstMade(tree, node, isContainer) ? undefined : left;
}

function assignmentsTo(tree: SyntaxTree, isContainer: ContainerTest): number {
  let count = 0;
  walk(tree.root, (node) => {
    if (node.type === 'AssignmentExpression' && isContainer(node.left)) count++;
  });
  return count;
}

/** `container.filter(…)`, `container.slice(…)`: what is left out is let go. */
function isPartOf(value: Node, isContainer: ContainerTest): boolean {
  const call = unwrap(value);
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return false;
  const method = memberName(call.callee) ?? '';
  const cuts = ['filter', 'slice', 'subarray', 'substring', 'substr', 'toSpliced'];
  return cuts.includes(method) && isContainer(call.callee.object);
}

function isEmpty(value: Node): boolean {
  const node = unwrap(value);
  switch (node.type) {
    case 'ArrayExpression':
      return node.elements.length === 0;
    case 'ObjectExpression':
      return node.properties.length === 0;
    case 'NewExpression':
      return node.arguments.length === 0;
    case 'StringLiteral':
      return node.value === '';
    case 'CallExpression': // Object.create(null), Buffer.alloc(0)
      return (
        node.arguments.length === 1 && (isNothing(node.arguments[0]) || isZero(node.arguments[0]))
      );
    default:
      return isNothing(node) || isZero(node);
  }
}

/** In a constructor, or behind a test that there is none yet. */
function isFirstMade(tree: SyntaxTree, assignment: Node, isContainer: ContainerTest): boolean {
  for (const outer of ancestorsOf(tree, assignment)) {
    if (outer.type === 'IfStatement' && testsAbsence(outer.test, isContainer)) return true;
    if (outer.type === 'LogicalExpression' && isContainer(outer.left)) return true;
    if (outer.type === 'ClassMethod') return outer.kind === 'constructor';
    if (isFunction(outer) && outer.type !== 'ArrowFunctionExpression') {
      // Constructor functions are written with a capital, and set their fields by `this`.
      const name = 'id' in outer ? (outer.id?.name ?? '') : '';
      return /^[A-Z]/.test(name);
    }
  }
  return false;
}

function testsAbsence(test: Node, isContainer: ContainerTest): boolean {
  let found = false;
  walk(test, (node) => {
    if (node.type === 'UnaryExpression' && /^(!|typeof)$/.test(node.operator)) {
      found ||= isContainer(node.argument);
    }
    if (node.type === 'BinaryExpression' && /^===?$/.test(node.operator)) {
      found ||= isContainer(node.left) && isNothing(node.right);
    }
  });
  return found;
}

function isNothing(node: Node): boolean {
  if (node.type === 'NullLiteral') return true;
  if (node.type === 'UnaryExpression') return node.operator === 'void';
  return node.type === 'Identifier' && node.name === 'undefined';
}

function isZero(node: Node | undefined): boolean {
  return node?.type === 'NumericLiteral' && node.value === 0;
}
