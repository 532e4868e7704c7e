import type { Expression, Node } from '@babel/types';
import { isFunction, walk, ancestorsOf, type SyntaxTree } from './syntaxTree';
import type { Binding, ScopeAnalysis } from './scopes';

/** True for an expression that is the container in question. */
export type ContainerTest = (expression: Node) => boolean;

/** A statement's part that makes a container larger. */
export interface GrowthUse {
  /** The call or assignment. */
  readonly node: Node;
  /** What is put in; empty if it cannot be told. */
  readonly added: readonly Node[];
  /** How surely this grows a keyed or indexed container, 0..1. */
  readonly certainty: number;
}

/** Methods by which the standard containers and emitters take something in. */
const ADDING_METHODS = new Set([
  ...['set', 'add', 'push', 'unshift', 'splice', 'append', 'enqueue', 'insert', 'put'],
  ...['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'addEventListener'],
  ...['then', 'catch', 'finally'],
]);

/** Methods that hand out something kept inside a container. */
const READING_METHODS = new Set(['get', 'at', 'values', 'entries', 'find']);

/** Every place in the file that adds to the container, in source order. */
export function findGrowth(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
): GrowthUse[] {
  const reaches = withAliases(tree, scopes, isContainer);
  const found: GrowthUse[] = [];
  walk(tree.root, (node) => {
    const use =
      growthByCall(node, reaches) ??
      growthByAssignment(node, reaches, isContainer) ??
      growthByWaiting(node, isContainer);
    if (use) found.push(use);
  });
  return found;
}

function growthByCall(node: Node, reaches: ContainerTest): GrowthUse | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return undefined;
  const callee = node.callee;
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
    return undefined;
  }
  const method = memberName(callee);
  if (method === undefined) return undefined;
  const args = node.arguments;
  if (ADDING_METHODS.has(method) && reaches(callee.object)) {
    if (method === 'splice' && args.length < 3) return undefined;
    // What belongs to an object comes once for each: compilers make private fields so.
    const isOwn = method === 'set' && args[0]?.type === 'ThisExpression';
    return { node, added: args, certainty: isOwn ? 0.7 : 1 };
  }
  // Object.assign(container, …), Object.defineProperty(container, …), Reflect.set(container, …)
  const into = ['assign', 'defineProperty', 'defineProperties', 'set'];
  if (callee.object.type === 'Identifier' && /^(Object|Reflect)$/.test(callee.object.name)) {
    if (into.includes(method) && args[0] && reaches(args[0])) {
      return { node, added: args.slice(1), certainty: 0.9 };
    }
  }
  // Array.prototype.push.apply(container, …) and .call
  if ((method === 'apply' || method === 'call') && args[0] && reaches(args[0])) {
    const inner = unwrap(callee.object);
    const innerName = inner.type === 'MemberExpression' ? memberName(inner) : undefined;
    if (innerName !== undefined && ADDING_METHODS.has(innerName)) {
      return { node, added: args.slice(1), certainty: 0.9 };
    }
  }
  return undefined;
}

function growthByAssignment(
  node: Node,
  reaches: ContainerTest,
  isContainer: ContainerTest,
): GrowthUse | undefined {
  if (node.type !== 'AssignmentExpression') return undefined;
  const { left, right, operator } = node;
  if (isContainer(left)) {
    if (operator === '+=') return { node, added: [right], certainty: 1 };
    if (buildsOn(right, reaches)) return { node, added: [right], certainty: 1 };
    return { node, added: [right], certainty: 0.3 };
  }
  if (left.type !== 'MemberExpression' || !reaches(left.object)) return undefined;
  if (!left.computed) return { node, added: [right], certainty: 0.2 };
  const fixedKey =
    left.property.type === 'StringLiteral' || left.property.type === 'NumericLiteral';
  return { node, added: [right], certainty: fixedKey ? 0.3 : 1 };
}

/** Whoever waits for a promise is kept by it until it settles: `await p`, `Promise.race([p])`. */
function growthByWaiting(node: Node, isContainer: ContainerTest): GrowthUse | undefined {
  if (node.type === 'AwaitExpression') {
    return isContainer(node.argument) ? { node, added: [], certainty: 1 } : undefined;
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object } = node.callee;
  if (object.type !== 'Identifier' || object.name !== 'Promise') return undefined;
  const waited = node.arguments.some(
    (list) => list.type === 'ArrayExpression' && list.elements.some((e) => e && isContainer(e)),
  );
  return waited ? { node, added: [], certainty: 1 } : undefined;
}

/** True if the new value contains the old one: `[...c, x]`, `{ ...c }`, `c.concat(x)`, `{ next: c }`. */
function buildsOn(value: Node, isContainer: ContainerTest): boolean {
  let found = false;
  walk(value, (node) => {
    if (isContainer(node)) found = true;
  });
  return found;
}

/** Widens the test to what was taken out of the container and to local names for either. */
export function withAliases(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
): ContainerTest {
  const aliases = new Set<Binding>();
  const reaches = (expression: Node): boolean => {
    const node = unwrap(expression);
    if (isContainer(node)) return true;
    switch (node.type) {
      case 'Identifier': {
        const binding = scopes.resolve(node.name, node);
        return binding !== undefined && aliases.has(binding);
      }
      case 'MemberExpression':
      case 'OptionalMemberExpression':
        return node.computed && reaches(node.object);
      case 'CallExpression':
      case 'OptionalCallExpression': {
        const { callee } = node;
        if (readsPrivateField(node.arguments, isContainer)) return true;
        if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
          return false;
        }
        return READING_METHODS.has(memberName(callee) ?? '') && reaches(callee.object);
      }
      case 'LogicalExpression':
        return reaches(node.left) || reaches(node.right);
      case 'AssignmentExpression':
        return reaches(node.left) || reaches(node.right);
      default:
        return false;
    }
  };
  // Twice, so that an alias of an alias that stands further up is found as well.
  for (let pass = 0; pass < 2; pass++) {
    walk(tree.root, (node) => {
      const named = namedValue(node);
      if (!named || !reaches(named.value)) return;
      const binding = scopes.resolve(named.name, node);
      if (binding && !isContainer(binding.declaration)) aliases.add(binding);
    });
  }
  return reaches;
}

/** `__classPrivateFieldGet(this, _items, "f")`: what compilers make of `this.#items`. */
function readsPrivateField(args: readonly Node[], isContainer: ContainerTest): boolean {
  const [first, second] = args;
  if (!first || !second) return false;
  const own = first.type === 'ThisExpression' ? second : first;
  const hasThis = first.type === 'ThisExpression' || second.type === 'ThisExpression';
  return hasThis && isContainer(own);
}

/** `const name = value`, `name = value`, and each name of `const { name } = …` by its key. */
function namedValue(node: Node): { name: string; value: Expression } | undefined {
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
    return { name: node.id.name, value: node.init };
  }
  if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') {
    return { name: node.left.name, value: node.right };
  }
  return undefined;
}

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
