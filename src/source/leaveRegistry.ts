import type { CallExpression, Node } from '@babel/types';
import { onlyCallFix } from './callFix';
import { cleanupPlaceOf } from './cleanupPlace';
import { memberName } from './containerUse';
import type { EditedSource } from './editedSource';
import type { QuickFix } from './quickFixes';
import { walk } from './syntaxTree';

/**
 * Takes an object out of the Map or Set of the module that its constructor puts it into, where it is
 * ended. Offered if the key can be named there as well, and nothing is taken out yet.
 */
export function leaveRegistry(file: EditedSource, line: number): QuickFix | undefined {
  return onlyCallFix(file, line, (call) => fixOf(file, call));
}

function fixOf(file: EditedSource, call: CallExpression): QuickFix | undefined {
  const { callee, arguments: args } = call;
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return undefined;
  const registry = callee.object;
  const binding = file.scopes.resolve(registry.name, registry);
  const made = binding && file.scopes.initialiserOf(binding.declaration);
  if (!made || binding.scope.type !== 'Program' || made.type !== 'NewExpression') return undefined;
  const isAdded = memberName(callee) === 'add' && file.isGlobal(made.callee, 'Set');
  const isSet = memberName(callee) === 'set' && file.isGlobal(made.callee, 'Map');
  if ((!isAdded && !isSet) || args.at(-1)?.type !== 'ThisExpression') return undefined;
  if (isSet && !(args.length === 2 && isFixedField(file, args[0]))) return undefined;
  if (file.scopes.referencesTo(binding).some((use) => removesFrom(file, use))) return undefined;
  const statement = file.statementOf(call);
  const place = statement && cleanupPlaceOf(file, statement);
  if (!place?.owner) return undefined;
  return {
    kind: 'leaveRegistry',
    title: `Take it out of '${registry.name}' in ${place.label}`,
    edits: [place.add(`${registry.name}.delete(${file.textOf(args[0])})`)],
  };
}

/** `this.id`, which is assigned in one place only. */
function isFixedField(file: EditedSource, key: Node): boolean {
  const name = memberName(key);
  if (key.type !== 'MemberExpression' || key.object.type !== 'ThisExpression') return false;
  let assignments = 0;
  walk(file.tree.root, (node) => {
    const target =
      node.type === 'AssignmentExpression'
        ? node.left
        : node.type === 'UpdateExpression'
          ? node.argument
          : undefined;
    if (target && memberName(target) === name) assignments++;
  });
  return assignments <= 1;
}

function removesFrom({ tree }: EditedSource, use: Node): boolean {
  const member = tree.parentOf.get(use);
  return /^(delete|clear)$/.test((member && memberName(member)) ?? '');
}
