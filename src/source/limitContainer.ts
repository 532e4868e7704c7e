import type { CallExpression, Node } from '@babel/types';
import { ancestorsOf, isFunction, walk } from './syntaxTree';
import type { EditedSource, TextEdit } from './editedSource';
import type { OwnContainer } from './ownContainer';
import type { QuickFix } from './quickFixes';

/** Entries that are kept. It stands in a constant of its own, for people to choose better. */
const LIMIT = 1000;

/** What each kind of container adds with, and how large it is. */
const TRAITS = {
  Map: { adds: 'set', size: 'size', arguments: 2 },
  Set: { adds: 'add', size: 'size', arguments: 1 },
  array: { adds: 'push', size: 'length', arguments: 1 },
} as const;

/**
 * Members that work on whatever entries there are. None gives a place in an array, which moves, and
 * none takes out a single entry: where the code does, entries have an end that is not their age.
 */
const HARMLESS = {
  Map: ['get', 'set', 'has', 'clear', 'size', 'keys', 'values', 'entries', 'forEach'],
  Set: ['add', 'has', 'clear', 'size', 'keys', 'values', 'entries', 'forEach'],
  array: [
    ...['push', 'length', 'forEach', 'map', 'filter', 'slice', 'some', 'every', 'find'],
    ...['reduce', 'join', 'includes', 'flatMap'],
  ],
} as const;

/**
 * Drops the oldest entry once there are more than a limit. Offered if every line that adds is a
 * statement in a function, nothing compares the size with anything yet, and nothing calls the
 * entries, as one calls subscribers.
 */
export function limitContainer(file: EditedSource, container: OwnContainer): QuickFix | undefined {
  const { adds, arguments: count } = TRAITS[container.kind];
  const harmless: readonly string[] = HARMLESS[container.kind];
  const additions: { statement: Node; name: string }[] = [];
  for (const { container: used, member, call } of container.uses) {
    if (member !== undefined && !harmless.includes(member)) return undefined;
    if (isCompared(file, used) || callsEntries(file, used, call)) return undefined;
    if (member !== adds) continue;
    const statement = call && file.statementOf(call);
    const isSimple = call?.arguments.length === count && !call.arguments.some(isSpread);
    if (!statement || !isSimple || !file.isInList(statement)) return undefined;
    if (![...ancestorsOf(file.tree, statement)].some(isFunction)) return undefined;
    additions.push({ statement, name: file.textOf(used) });
  }
  if (additions.length === 0) return undefined;
  const limit = file.freshName(constantName(container.name));
  const home = file.moduleStatementOf(container.declared);
  return {
    kind: 'limitContainer',
    title: `Keep only the newest ${LIMIT.toLocaleString('en')} in '${container.name}'`,
    edits: [
      file.lineBefore(home, `const ${limit} = ${LIMIT}`, additions[0].statement),
      ...additions.map(({ statement, name }): TextEdit => {
        return file.lineAfter(statement, eviction(file, container.kind, name, limit));
      }),
    ],
  };
}

function eviction(
  { isTypeScript }: EditedSource,
  kind: OwnContainer['kind'],
  name: string,
  limit: string,
): string {
  const test = `if (${name}.${TRAITS[kind].size} > ${limit})`;
  if (kind === 'array') return `${test} ${name}.shift()`;
  // The type of `value` allows for an iterator that is done; this one cannot be.
  return `${test} ${name}.delete(${name}.keys().next().value${isTypeScript ? '!' : ''})`;
}

/** `container.size` in a comparison: there is a limit, or something that is counted on. */
function isCompared({ tree }: EditedSource, container: Node): boolean {
  const member = tree.parentOf.get(container);
  const outer = member && tree.parentOf.get(member);
  return outer?.type === 'BinaryExpression' && /^[<>]=?$/.test(outer.operator);
}

function isSpread({ type }: Node): boolean {
  return type === 'SpreadElement';
}

/** `priceQuotes` → `MAX_PRICE_QUOTES` */
function constantName(name: string): string {
  const words = name.replace(/^[_$]+/, '').replace(/([a-z\d])([A-Z])/g, '$1_$2');
  return `MAX_${words.toUpperCase()}`;
}

/** `for (const entry of container) entry.notify()`, `container.forEach((entry) => entry())` */
function callsEntries(
  file: EditedSource,
  container: Node,
  call: CallExpression | undefined,
): boolean {
  const loop = file.tree.parentOf.get(container);
  const callback = call?.arguments[0];
  const names: Node[] = [];
  if (loop?.type === 'ForOfStatement') names.push(loop.left);
  if (callback && isFunction(callback)) names.push(...callback.params.slice(0, 1));
  let found = false;
  for (const pattern of names) {
    walk(pattern, (node) => {
      const binding = node.type === 'Identifier' && file.scopes.resolve(node.name, node);
      if (!binding || binding.declaration !== node) return;
      found ||= file.scopes.referencesTo(binding).some((use) => isCalled(file, use));
    });
  }
  return found;
}

function isCalled({ tree }: EditedSource, use: Node): boolean {
  const outer = tree.parentOf.get(use);
  if (outer?.type === 'CallExpression') return outer.callee === use;
  const call = outer && tree.parentOf.get(outer);
  return (
    outer?.type === 'MemberExpression' &&
    outer.object === use &&
    call?.type === 'CallExpression' &&
    call.callee === outer
  );
}
