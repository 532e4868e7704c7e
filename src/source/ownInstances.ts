import type { ClassDeclaration, Node } from '@babel/types';
import { memberName } from './containerUse';
import type { EditedSource } from './editedSource';
import { walk } from './syntaxTree';

/**
 * True for a field of a class that only this file makes objects of, each in a `const` of the module
 * that it keeps to itself: then nothing else can reach the field, even if it is public.
 */
export function isFieldOfOwnInstances(file: EditedSource, field: Node): boolean {
  const body = file.tree.parentOf.get(field);
  const owner = body && file.tree.parentOf.get(body);
  if (owner?.type !== 'ClassDeclaration' || !isPlain(file, owner)) return false;
  const made = owner.id ? usesOf(file, owner.id) : undefined;
  return made !== undefined && made.length > 0 && made.every((use) => isOwnInstance(file, use));
}

/** Of the module alone, of no other class, and its objects hand themselves to nobody. */
function isPlain({ tree }: EditedSource, owner: ClassDeclaration): boolean {
  if (owner.superClass || owner.decorators?.length) return false;
  let isKept = tree.parentOf.get(owner)?.type === 'Program';
  walk(owner.body, (node) => {
    if (node.type === 'ThisExpression') isKept &&= isForMember(tree.parentOf.get(node), node);
  });
  return isKept;
}

/** `const name = new Class(…)` in the module, of which only members are used. */
function isOwnInstance(file: EditedSource, name: Node): boolean {
  const { tree } = file;
  const made = tree.parentOf.get(name);
  if (made?.type !== 'NewExpression' || made.callee !== name) return false;
  const declarator = tree.parentOf.get(made);
  if (declarator?.type !== 'VariableDeclarator' || declarator.init !== made) return false;
  const declaration = tree.parentOf.get(declarator);
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return false;
  if (tree.parentOf.get(declaration)?.type !== 'Program') return false;
  const uses = usesOf(file, declarator.id);
  return uses?.every((use) => isForMember(tree.parentOf.get(use), use)) ?? false;
}

function usesOf({ scopes }: EditedSource, declared: Node): Node[] | undefined {
  const binding =
    declared.type === 'Identifier' ? scopes.resolve(declared.name, declared) : undefined;
  return binding?.declaration === declared ? scopes.referencesTo(binding) : undefined;
}

/** `object.member`, by a name that can be read. */
function isForMember(outer: Node | undefined, object: Node): boolean {
  return (
    outer?.type === 'MemberExpression' && outer.object === object && memberName(outer) !== undefined
  );
}
