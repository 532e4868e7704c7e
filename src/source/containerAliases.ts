import type { Expression, Function as FunctionNode, Node } from '@babel/types';
import { memberName, unwrap, type ContainerTest } from './containerUse';
import { usesByName } from './functionName';
import type { Binding, ScopeAnalysis } from './scopes';
import { ancestorsOf, isClass, isFunction, walk, type SyntaxTree } from './syntaxTree';

/** Methods that hand out something kept inside a container. */
const READING_METHODS = new Set(['get', 'at', 'values', 'entries', 'find']);

/**
 * Widens the test to what was taken out of the container, to local names for either, and to calls of
 * the file's functions that return one of these.
 */
export function withAliases(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  isContainer: ContainerTest,
): ContainerTest {
  const aliases = new Set<Binding>();
  const handing = new Set<FunctionNode>();
  const handedOut = new Set<Node>();
  const reaches = (expression: Node): boolean => {
    const node = unwrap(expression);
    if (isContainer(node) || handedOut.has(node)) return true;
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
      const returned = returnedValue(node);
      if (returned && reaches(returned)) {
        const made = [node, ...ancestorsOf(tree, node)].find(isFunction);
        if (!made || handing.has(made)) return;
        handing.add(made);
        for (const call of ownCallsOf(tree, scopes, made)) handedOut.add(call);
      }
      const named = namedValue(node);
      if (!named || !reaches(named.value)) return;
      const binding = scopes.resolve(named.name, node);
      if (binding && !isContainer(binding.declaration)) aliases.add(binding);
    });
  }
  return reaches;
}

/** What a `return`, or an arrow function without one, gives. */
function returnedValue(node: Node): Node | undefined {
  if (node.type === 'ReturnStatement') return node.argument ?? undefined;
  if (node.type !== 'ArrowFunctionExpression') return undefined;
  return node.body.type === 'BlockStatement' ? undefined : node.body;
}

/**
 * Calls of a function by its variable, of a method by `this` or its class: methods of other objects
 * may only be called alike. A getter is called by being read.
 */
function ownCallsOf(tree: SyntaxTree, scopes: ScopeAnalysis, made: FunctionNode): Node[] {
  const isGetter = made.type === 'ClassMethod' && made.kind === 'get';
  const calls: Node[] = [];
  for (const use of usesByName(tree, scopes, made)) {
    if (use.type === 'MemberExpression' && !isOwnMember(tree, use.object, made)) continue;
    const outer = tree.parentOf.get(use);
    if (isGetter) calls.push(use);
    else if (outer?.type === 'CallExpression' && outer.callee === use) calls.push(outer);
  }
  return calls;
}

function isOwnMember(tree: SyntaxTree, object: Node, method: FunctionNode): boolean {
  const owner = [...ancestorsOf(tree, method)].find(isClass);
  const using = [...ancestorsOf(tree, object)].find(isClass);
  if (object.type === 'ThisExpression') return owner === using;
  return object.type === 'Identifier' && object.name === owner?.id?.name;
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
