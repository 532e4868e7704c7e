import type { CallExpression, ExpressionStatement, Node, Statement } from '@babel/types';
import { onlyCallFix } from './callFix';
import { cleanupPlaceOf, newField } from './cleanupPlace';
import { memberName } from './containerUse';
import { insertion, type EditedSource } from './editedSource';
import type { QuickFix } from './quickFixes';
import type { SyntaxTree } from './syntaxTree';
import { unregistrationsOf } from './unregistration';

const TIMERS = { setInterval: 'clearInterval', setTimeout: 'clearTimeout' } as const;
type Starter = keyof typeof TIMERS;

/**
 * Keeps the id of a timer and clears it where the code ends what it began. Offered if nothing clears
 * it yet, and the constructor or block that starts it has such a place.
 */
export function clearTimer(file: EditedSource, line: number): QuickFix | undefined {
  return onlyCallFix(file, line, (call) => {
    const starter = (Object.keys(TIMERS) as Starter[]).find((name) =>
      file.isGlobal(call.callee, name),
    );
    return starter && fixOf(file, call, starter);
  });
}

function fixOf(file: EditedSource, call: CallExpression, starter: Starter): QuickFix | undefined {
  if (unregistrationsOf(file.tree, file.scopes, call).length > 0) return undefined;
  const timer = wholeTimer(file.tree, call);
  const outer = file.tree.parentOf.get(timer);
  switch (outer?.type) {
    case 'ExpressionStatement':
      return keepAndClear(file, outer, timer, starter);
    case 'AssignmentExpression': {
      const statement = file.statementOf(outer);
      return statement && clearKept(file, statement, outer.left, starter);
    }
    case 'VariableDeclarator': {
      const declaration = file.tree.parentOf.get(outer);
      return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const'
        ? clearKept(file, declaration, outer.id, starter)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** The call with `.unref()` and the like, which answer the timer itself. */
function wholeTimer(tree: SyntaxTree, call: Node): Node {
  const member = tree.parentOf.get(call);
  const chained = member && tree.parentOf.get(member);
  const answersItself = /^(unref|ref|refresh)$/.test((member && memberName(member)) ?? '');
  return chained?.type === 'CallExpression' && chained.callee === member && answersItself
    ? wholeTimer(tree, chained)
    : call;
}

function keepAndClear(
  file: EditedSource,
  statement: ExpressionStatement,
  timer: Node,
  starter: Starter,
): QuickFix | undefined {
  const place = file.isInList(statement) ? cleanupPlaceOf(file, statement) : undefined;
  if (!place) return undefined;
  const what = starter === 'setInterval' ? 'interval' : 'timeout';
  const field =
    place.owner && newField(file, place.owner, 'timer', `?: ReturnType<typeof ${starter}>`);
  const name = field?.name ?? file.freshName('timer');
  const kept = field ? `${name} = ` : `const ${name} = `;
  return {
    kind: 'clearTimer',
    title: `Keep the id of the ${what} and clear it in ${place.label}`,
    edits: [
      ...(field ? [field.edit] : []),
      insertion(timer.start!, kept),
      place.add(`${TIMERS[starter]}(${name})`),
    ],
  };
}

/** For an id that is kept already: in a constant of the block, or in a field of `this`. */
function clearKept(
  file: EditedSource,
  statement: Statement,
  kept: Node,
  starter: Starter,
): QuickFix | undefined {
  const place = cleanupPlaceOf(file, statement);
  const id = keptName(file, kept);
  if (!place || id === undefined) return undefined;
  if (kept.type === 'Identifier' && (place.owner || statement.type !== 'VariableDeclaration')) {
    return undefined;
  }
  return {
    kind: 'clearTimer',
    title: `Clear the timer in ${place.label}`,
    edits: [place.add(`${TIMERS[starter]}(${id})`)],
  };
}

function keptName(file: EditedSource, kept: Node): string | undefined {
  if (kept.type === 'Identifier') return kept.name;
  const isField = kept.type === 'MemberExpression' && kept.object.type === 'ThisExpression';
  return isField && memberName(kept) !== undefined ? file.textOf(kept) : undefined;
}
