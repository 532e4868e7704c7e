import type { CallExpression, Node } from '@babel/types';
import { callsAt } from './callFix';
import { memberName, unwrap } from './containerUse';
import { insertion, type EditedSource, type TextEdit } from './editedSource';
import type { QuickFix } from './quickFixes';
import { isFunction } from './syntaxTree';

const ONCE = new Map([
  ['on', 'once'],
  ['addListener', 'once'],
  ['prependListener', 'prependOnceListener'],
]);

/**
 * Removes a listener with its first event. Offered if all that it does is to settle a promise: once
 * that is done, doing it again has no effect.
 */
export function listenOnce(file: EditedSource, line: number): QuickFix | undefined {
  const edits: TextEdit[] = [];
  for (const call of callsAt(file, line)) {
    const listener = call.arguments[1];
    const edit = listener && settlesPromise(file, listener) && listeningOnce(call);
    if (edit) edits.push(edit);
  }
  const title = 'Listen once: after the first event this listener has no effect';
  return edits.length > 0 ? { kind: 'listenOnce', title, edits } : undefined;
}

function listeningOnce({ callee, arguments: args }: CallExpression): TextEdit | undefined {
  if (callee.type !== 'MemberExpression') return undefined;
  const method = memberName(callee) ?? '';
  const once = ONCE.get(method);
  const { start, end } = callee.property;
  if (once !== undefined) {
    return callee.computed || args.length !== 2
      ? undefined
      : { start: start!, end: end!, text: once };
  }
  if (method !== 'addEventListener') return undefined;
  const [, listener, options, ...more] = args;
  if (!options) return insertion(listener.end!, ', { once: true }');
  if (options.type !== 'ObjectExpression' || more.length > 0) return undefined;
  const [first] = options.properties;
  if (!first) return { start: options.start!, end: options.end!, text: '{ once: true }' };
  const isPlain = options.properties.every(
    (property) =>
      property.type === 'ObjectProperty' &&
      property.key.type === 'Identifier' &&
      property.key.name !== 'once',
  );
  return isPlain ? insertion(first.start!, 'once: true, ') : undefined;
}

/** `resolve`, or `() => resolve(value)`, of a `new Promise((resolve, reject) => …)`. */
function settlesPromise(file: EditedSource, listener: Node): boolean {
  const node = unwrap(listener);
  if (node.type === 'Identifier') return isSettler(file, node);
  if (!isFunction(node) || node.type !== 'ArrowFunctionExpression') return false;
  const call = unwrap(onlyExpressionOf(node.body) ?? node);
  return (
    call.type === 'CallExpression' &&
    isSettler(file, call.callee) &&
    call.arguments.every(hasNoEffect)
  );
}

function onlyExpressionOf(body: Node): Node | undefined {
  if (body.type !== 'BlockStatement') return body;
  const [statement, ...more] = body.body;
  return statement?.type === 'ExpressionStatement' && more.length === 0
    ? statement.expression
    : undefined;
}

function isSettler(file: EditedSource, node: Node): boolean {
  if (node.type !== 'Identifier') return false;
  const binding = file.scopes.resolve(node.name, node);
  const executor = binding?.scope;
  if (!executor || !isFunction(executor)) return false;
  if (!executor.params.some((param) => param === binding.declaration)) return false;
  const made = file.tree.parentOf.get(executor);
  const isPromise =
    made?.type === 'NewExpression' &&
    made.arguments[0] === executor &&
    file.isGlobal(made.callee, 'Promise');
  const isReplaced = file.scopes
    .referencesTo(binding)
    .some((use) => file.tree.parentOf.get(use)?.type === 'AssignmentExpression');
  return isPromise && !isReplaced;
}

function hasNoEffect(value: Node): boolean {
  return value.type === 'Identifier' || /Literal$/.test(value.type);
}
