import type { CallExpression, MemberExpression, Node, Statement } from '@babel/types';
import { onlyCallFix } from './callFix';
import { cleanupPlaceOf, newField, type CleanupPlace } from './cleanupPlace';
import { memberName, unwrap } from './containerUse';
import type { EditedSource, TextEdit } from './editedSource';
import type { QuickFix } from './quickFixes';
import { isFunction } from './syntaxTree';
import { unregistrationsOf } from './unregistration';

const REMOVERS = new Map([
  ['on', 'off'],
  ['once', 'off'],
  ['addListener', 'off'],
  ['addEventListener', 'removeEventListener'],
]);

/**
 * Removes a listener where the code ends what it began. Offered if nothing removes listeners of its
 * event yet, and what is listened to can be named in that place as well.
 */
export function removeListener(file: EditedSource, line: number): QuickFix | undefined {
  return onlyCallFix(file, line, (call) => fixOf(file, call));
}

function fixOf(file: EditedSource, call: CallExpression): QuickFix | undefined {
  const { callee, arguments: args } = call;
  const [event, listener] = args;
  const remover = REMOVERS.get(memberName(callee) ?? '');
  const statement = file.statementOf(call);
  if (callee.type !== 'MemberExpression' || !remover || args.length !== 2) return undefined;
  if (!statement || !file.isInList(statement) || event.type !== 'StringLiteral') return undefined;
  if (unregistrationsOf(file.tree, file.scopes, call).length > 0) return undefined;
  const place = cleanupPlaceOf(file, statement);
  if (!place || !isVisibleIn(file, place, callee.object)) return undefined;
  if (place.owner && !isUnconditional(file, statement)) return undefined;
  const kept = keep(file, place, statement, listener, event.value);
  if (!kept) return undefined;
  const source = `${file.textOf(callee.object)}.${remover}`;
  return {
    kind: 'removeListener',
    title: `Remove the listener for '${event.value}' in ${place.label}`,
    edits: [...kept.edits, place.add(`${source}(${file.textOf(event)}, ${kept.name})`)],
  };
}

/** Gives the listener a name that holds in both places; it may have one. */
function keep(
  file: EditedSource,
  place: CleanupPlace,
  statement: Statement,
  listener: Node,
  event: string,
): { name: string; edits: TextEdit[] } | undefined {
  const node = unwrap(listener);
  if (!isFunction(node) && !isBound(node)) {
    return isVisibleIn(file, place, node) ? { name: file.textOf(node), edits: [] } : undefined;
  }
  if (file.isTypeScript && !hasOwnType(node, place)) return undefined;
  const wish = nameOfListener(event);
  const field = place.owner && newField(file, place.owner, wish, '!: () => void');
  const name = field?.name ?? file.freshName(wish);
  const assigned = `${field ? '' : 'const '}${name} = ${file.textOf(listener)}`;
  return {
    name,
    edits: [
      ...(field ? [field.edit] : []),
      file.lineBefore(statement, assigned),
      { start: listener.start!, end: listener.end!, text: name },
    ],
  };
}

/**
 * True for what means the same in the other place: something of the module or of Node.js, a field of
 * `this`; in the same function also a constant or parameter.
 */
function isVisibleIn(file: EditedSource, place: CleanupPlace, node: Node): boolean {
  if (node.type === 'MemberExpression') return isField(node);
  if (node.type !== 'Identifier') return false;
  const binding = file.scopes.resolve(node.name, node);
  if (!binding) return true;
  const isAssigned = file.scopes.referencesTo(binding).some((use) => {
    const outer = file.tree.parentOf.get(use);
    return outer?.type === 'AssignmentExpression' && outer.left === use;
  });
  return !isAssigned && (binding.scope.type === 'Program' || place.owner === undefined);
}

/** True for a statement of the constructor itself: `off()` does not take an absent listener. */
function isUnconditional({ tree }: EditedSource, statement: Statement): boolean {
  const body = tree.parentOf.get(statement);
  return body !== undefined && tree.parentOf.get(body)?.type === 'ClassMethod';
}

function isField(node: MemberExpression): boolean {
  return node.object.type === 'ThisExpression' && memberName(node) !== undefined;
}

function isBound(node: Node): boolean {
  return node.type === 'CallExpression' && memberName(node.callee) === 'bind';
}

/** False for what took a type from the place where it stood, or has one that cannot be told. */
function hasOwnType(listener: Node, { owner }: CleanupPlace): boolean {
  if (!isFunction(listener)) return owner === undefined;
  if (owner) return listener.params.length === 0;
  return listener.params.every((param) => 'typeAnnotation' in param && param.typeAnnotation);
}

/** `rate-change` → `onRateChange` */
function nameOfListener(event: string): string {
  const words = event.split(/[^A-Za-z\d]+/).filter((word) => word !== '');
  return `on${words.map((word) => word[0].toUpperCase() + word.slice(1)).join('')}`;
}
