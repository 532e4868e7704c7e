import type { Node } from '@babel/types';
import { withAliases } from './containerAliases';
import { buildsOn, derivesFrom } from './containerSuccessor';
import { memberName, unwrap, type ContainerTest } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { walk, type SyntaxTree } from './syntaxTree';

/** A statement's part that makes a container larger. */
export interface GrowthUse {
  /** The call or assignment. */
  readonly node: Node;
  /** What is put in; empty if it cannot be told. */
  readonly added: readonly Node[];
  /** How surely this grows a keyed or indexed container, 0..1; 0 if only what is added can tell. */
  readonly certainty: number;
  /** True if it adds to the container itself, not to one inside of it or by another name. */
  readonly direct: boolean;
}

/** Methods by which the standard containers and emitters take something in. */
const ADDING_METHODS = new Set([
  ...['set', 'add', 'push', 'unshift', 'splice', 'append', 'enqueue', 'insert', 'put'],
  ...['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'addEventListener'],
  ...['then', 'catch', 'finally'],
]);

/**
 * Methods by which something else of the language or Node.js keeps what it is given, but which may
 * as well mean another thing: streams, FinalizationRegistry, channels, observers.
 */
const KEEPING_METHODS = new Set([
  ...['pipe', 'pipeTo', 'pipeThrough', 'register', 'subscribe', 'observe'],
]);
const KEEPING_CERTAINTY = 0.85;

/** Methods that keep nothing of what they are handed. */
const PASSING_METHODS = new Set([
  ...['get', 'has', 'includes', 'indexOf', 'lastIndexOf', 'delete', 'emit', 'dispatchEvent'],
  ...['off', 'removeListener', 'removeEventListener', 'removeAllListeners'],
  ...['unpipe', 'unregister', 'unsubscribe', 'unobserve', 'call', 'apply', 'bind'],
]);

/**
 * Every place in the file that adds to the container, in source order.
 * @param isFixedLength True if the container is of a kind that is replaced to make it larger, such
 *   as a typed array.
 */
export function findGrowth(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
  isFixedLength = false,
): GrowthUse[] {
  const reaches = withAliases(tree, scopes, isContainer);
  const found: GrowthUse[] = [];
  walk(tree.root, (node) => {
    const use =
      growthByCall(node, reaches, isContainer) ??
      growthByReplacement(node, scopes, isContainer, isFixedLength) ??
      growthByMember(node, reaches, isContainer, isFixedLength) ??
      growthByWaiting(node, isContainer);
    if (use) found.push(use);
  });
  return found;
}

function growthByCall(
  node: Node,
  reaches: ContainerTest,
  isContainer: ContainerTest,
): GrowthUse | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return undefined;
  const callee = node.callee;
  if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') {
    return undefined;
  }
  const method = memberName(callee);
  if (method === undefined) return undefined;
  const args = node.arguments;
  const [first] = args;
  if (reaches(callee.object)) {
    if (method === 'splice' && args.length < 3) return undefined;
    const direct = isContainer(unwrap(callee.object));
    const certainty = methodCertainty(method, first);
    return certainty === undefined ? undefined : { node, added: args, certainty, direct };
  }
  if (!first || !reaches(first)) return undefined;
  // Object.assign(container, …), Object.defineProperty(container, …), Reflect.set(container, …)
  const into = ['assign', 'defineProperty', 'defineProperties', 'set'];
  const isGlobal =
    callee.object.type === 'Identifier' && /^(Object|Reflect)$/.test(callee.object.name);
  // Array.prototype.push.apply(container, …) and .call
  const applied = /^(apply|call)$/.test(method) ? memberName(unwrap(callee.object)) : undefined;
  if ((isGlobal && into.includes(method)) || ADDING_METHODS.has(applied ?? '')) {
    return { node, added: args.slice(1), certainty: 0.9, direct: isContainer(unwrap(first)) };
  }
  return undefined;
}

function methodCertainty(method: string, first: Node | undefined): number | undefined {
  if (ADDING_METHODS.has(method)) {
    // What belongs to an object comes once for each: compilers make private fields so.
    return method === 'set' && first?.type === 'ThisExpression' ? 0.7 : 1;
  }
  if (PASSING_METHODS.has(method)) return undefined;
  return KEEPING_METHODS.has(method) ? KEEPING_CERTAINTY : 0;
}

/** `container = [...container, x]`, `container += x` */
function growthByReplacement(
  node: Node,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
  isFixedLength: boolean,
): GrowthUse | undefined {
  if (node.type !== 'AssignmentExpression' || !isContainer(node.left)) return undefined;
  const { right, operator } = node;
  const grows =
    operator === '+=' ||
    buildsOn(right, scopes, isContainer) ||
    (isFixedLength && derivesFrom(right, scopes, isContainer));
  return { node, added: [right], certainty: grows ? 1 : 0.3, direct: true };
}

/** `container[key] = x`, `container.name = x` */
function growthByMember(
  node: Node,
  reaches: ContainerTest,
  isContainer: ContainerTest,
  isFixedLength: boolean,
): GrowthUse | undefined {
  if (node.type !== 'AssignmentExpression') return undefined;
  const { left, right } = node;
  if (left.type !== 'MemberExpression' || !reaches(left.object)) return undefined;
  const direct = isContainer(unwrap(left.object));
  if (!left.computed) return { node, added: [right], certainty: 0.2, direct };
  const fixedKey =
    left.property.type === 'StringLiteral' || left.property.type === 'NumericLiteral';
  return { node, added: [right], certainty: fixedKey || isFixedLength ? 0.3 : 1, direct };
}

/** Whoever waits for a promise is kept by it until it settles: `await p`, `Promise.race([p])`. */
function growthByWaiting(node: Node, isContainer: ContainerTest): GrowthUse | undefined {
  const use = { node, added: [], certainty: 1, direct: true };
  if (node.type === 'AwaitExpression') return isContainer(node.argument) ? use : undefined;
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object } = node.callee;
  if (object.type !== 'Identifier' || object.name !== 'Promise') return undefined;
  const waited = node.arguments.some(
    (list) => list.type === 'ArrayExpression' && list.elements.some((e) => e && isContainer(e)),
  );
  return waited ? use : undefined;
}
