import type { Function as FunctionNode, Node } from '@babel/types';
import { memberName, unwrap } from './containerUse';
import { membersCalled, usesByName } from './functionName';
import type { ScopeAnalysis } from './scopes';
import { ancestorsOf, isFunction, type SyntaxTree } from './syntaxTree';
import { endsRegistration } from './unregistration';

/** A call that a function is handed to. */
export interface Registration {
  readonly node: Node;
  /** True if the function literal stands in the call itself. */
  readonly direct: boolean;
}

/** Names and functions through which a function is followed on its way to a call. */
const MAX_STEPS = 4;

/**
 * The calls that take `callback` as an argument: written in place, by name, bound, kept in a
 * variable or member before, or as what another function returns.
 */
export function registrationsOf(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  callback: FunctionNode,
): Registration[] {
  const inPlace = callTaking(tree, callback);
  if (inPlace) return [{ node: inPlace, direct: true }];
  const found = new Set<Node>();
  const seen = new Set<Node>();
  let values = [...usesByName(tree, scopes, callback), ...standInsFor(tree, scopes, callback)];
  for (let step = 0; step < MAX_STEPS && values.length > 0; step++) {
    const next: Node[] = [];
    for (const value of values) {
      if (seen.has(value)) continue;
      seen.add(value);
      const call = callTaking(tree, value);
      if (!call) next.push(...standInsFor(tree, scopes, value));
      else if (!endsRegistration(call)) found.add(call);
    }
    values = next;
  }
  return [...found].map((node) => ({ node, direct: false }));
}

/** The innermost call that `value` is an argument of, through `.bind(…)`, objects and conditions. */
function callTaking(tree: SyntaxTree, value: Node): Node | undefined {
  let child = value;
  for (const outer of ancestorsOf(tree, value)) {
    if (outer.type === 'CallExpression' || outer.type === 'NewExpression') {
      if (outer.callee !== child) return outer;
      if (memberName(outer.callee) !== 'bind') return undefined;
    } else if (isFunction(outer) || /Statement$|Declarat(ion|or)$/.test(outer.type)) {
      return undefined;
    }
    child = outer;
  }
  return undefined;
}

/**
 * Expressions that have the value of `value`, bound or not: uses of the variable or member that it
 * is assigned to, calls of the function that returns it.
 */
function standInsFor(tree: SyntaxTree, scopes: ScopeAnalysis, value: Node): Node[] {
  const found: Node[] = [];
  let child = value;
  for (const outer of ancestorsOf(tree, value)) {
    switch (outer.type) {
      case 'AssignmentExpression':
        if (outer.right !== child) return found;
        found.push(...usesOfTarget(tree, scopes, outer.left));
        break;
      case 'VariableDeclarator':
        return [...found, ...usesOfTarget(tree, scopes, outer.id)];
      case 'ClassProperty':
        return outer.value === child && outer.key.type === 'Identifier'
          ? [...found, ...membersCalled(tree, outer.key.name)]
          : found;
      case 'ClassPrivateProperty':
        return [...found, ...membersCalled(tree, `#${outer.key.id.name}`)];
      case 'ReturnStatement':
      case 'ArrowFunctionExpression':
        return [...found, ...callsOfReturning(tree, scopes, outer)];
      default:
        if (!passesOn(outer, child)) return found;
    }
    child = outer;
  }
  return found;
}

/** True if `outer` has, or may have, the value of its part `child`, bound or not. */
function passesOn(outer: Node, child: Node): boolean {
  switch (outer.type) {
    case 'LogicalExpression':
      return true;
    case 'ConditionalExpression':
      return outer.test !== child;
    case 'MemberExpression':
      return outer.object === child && memberName(outer) === 'bind';
    case 'CallExpression':
      return outer.callee === child && memberName(child) === 'bind';
    default:
      return unwrap(outer) !== outer;
  }
}

/** Uses of what a value was assigned to: a variable, or any member called like it. */
function usesOfTarget(tree: SyntaxTree, scopes: ScopeAnalysis, target: Node): Node[] {
  if (target.type === 'Identifier') {
    const binding = scopes.resolve(target.name, target);
    return binding ? scopes.referencesTo(binding) : [];
  }
  const name = memberName(target);
  return name === undefined ? [] : membersCalled(tree, name);
}

/** Calls of the function that `returned` belongs to: a `return`, or an arrow function's own. */
function callsOfReturning(tree: SyntaxTree, scopes: ScopeAnalysis, returned: Node): Node[] {
  const returning = [returned, ...ancestorsOf(tree, returned)].find(isFunction);
  if (!returning) return [];
  const calls: Node[] = [];
  for (const use of usesByName(tree, scopes, returning)) {
    const outer = tree.parentOf.get(use);
    if (outer?.type === 'CallExpression' && outer.callee === use) calls.push(outer);
  }
  return calls;
}
