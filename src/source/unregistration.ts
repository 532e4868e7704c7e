import type { Node } from '@babel/types';
import { memberName, unwrap } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { ancestorsOf, walk, type SyntaxTree } from './syntaxTree';

const REMOVERS = new Set(['off', 'removeListener', 'removeEventListener', 'removeAllListeners']);

/** What ends the kinds of timers that a call can start. */
const CLEARERS = new Map([
  ['setInterval', 'clearInterval'],
  ['setTimeout', 'clearTimeout'],
  ['setImmediate', 'clearImmediate'],
]);

/** True if a call ends what another began, so that what it is handed is let go. */
export function endsRegistration(call: Node): boolean {
  if (call.type !== 'CallExpression') return false;
  const name = nameOf(call.callee) ?? '';
  return REMOVERS.has(name) || [...CLEARERS.values()].includes(name);
}

/** Calls in the file that end a registration: remove listeners of its event, clear its timer. */
export function unregistrationsOf(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  registration: Node,
): Node[] {
  if (registration.type !== 'CallExpression') return [];
  const clearer = CLEARERS.get(nameOf(registration.callee) ?? '');
  const ends = clearer
    ? clearsTimer(clearer, keptName(tree, registration))
    : removesListener(scopes, registration.arguments[0]);
  const found: Node[] = [];
  walk(tree.root, (node) => {
    if (node.type === 'CallExpression' && ends(node.callee, node.arguments)) found.push(node);
  });
  return found;
}

type CallTest = (callee: Node, args: readonly Node[]) => boolean;

/** `clearTimeout(id)` for an id that was kept under this name, be it a variable or a member. */
function clearsTimer(clearer: string, kept: string | undefined): CallTest {
  return (callee, [id]) =>
    kept !== undefined && nameOf(callee) === clearer && !!id && nameOf(id) === kept;
}

/** The same event, written the same way; removeAllListeners() means every event. */
function removesListener(scopes: ScopeAnalysis, event: Node | undefined): CallTest {
  const text = event && eventOf(scopes, event);
  return (callee, [removed]) => {
    const method = memberName(callee);
    if (method === undefined || !REMOVERS.has(method)) return false;
    if (!removed) return method === 'removeAllListeners';
    return text !== undefined && eventOf(scopes, removed) === text;
  };
}

function eventOf(scopes: ScopeAnalysis, event: Node): string | undefined {
  const node = unwrap(event);
  if (node.type === 'StringLiteral') return node.value;
  const declaration =
    node.type === 'Identifier' ? scopes.resolve(node.name, node)?.declaration : undefined;
  const init = declaration && scopes.initialiserOf(declaration);
  return init?.type === 'StringLiteral' ? init.value : nameOf(node);
}

/** The variable or member that the result of a call is kept in. */
function keptName(tree: SyntaxTree, call: Node): string | undefined {
  let child = call;
  for (const outer of ancestorsOf(tree, call)) {
    if (outer.type === 'VariableDeclarator') return nameOf(outer.id);
    if (outer.type === 'AssignmentExpression') return nameOf(outer.left);
    if (outer.type === 'ClassProperty' || outer.type === 'ObjectProperty') return nameOf(outer.key);
    if (outer.type === 'ClassPrivateProperty') return `#${outer.key.id.name}`;
    // setInterval(…).unref() is the timer as well
    const chained = outer.type === 'MemberExpression' || unwrap(outer) !== outer;
    if (!chained && !(outer.type === 'CallExpression' && outer.callee === child)) return undefined;
    child = outer;
  }
  return undefined;
}

/** `id` of `id` and of `timers.id`. */
function nameOf(node: Node): string | undefined {
  const bare = unwrap(node);
  return bare.type === 'Identifier' ? bare.name : memberName(bare);
}
