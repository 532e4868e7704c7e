import type { CallExpression, Identifier, Node } from '@babel/types';
import type { EditedSource } from './editedSource';
import { memberName, unwrap } from './containerUse';
import { isFieldOfOwnInstances } from './ownInstances';
import { walk } from './syntaxTree';

/** A container that this file alone can reach, so that each of its uses is known. */
export interface OwnContainer {
  readonly kind: 'Map' | 'Set' | 'array';
  /** Its name alone, without `this.` and `#`. */
  readonly name: string;
  /** The empty `new Map()`, `new Set()` or `[]` that makes it. */
  readonly made: Node;
  /** The declared variable or field. */
  readonly declared: Node;
  /** What is done with it; each use is one of these. */
  readonly uses: readonly ContainerUse[];
}

/** A use as `container.member`, or as a list of its elements where `member` is undefined. */
interface ContainerUse {
  readonly container: Node;
  readonly member: string | undefined;
  /** The call of the member, if it is called. */
  readonly call: CallExpression | undefined;
}

/**
 * The container that a line declares or adds to: a `const` of the module that is not exported, a
 * private field, or one of a class whose objects stay in the module. Undefined if it is made with contents, or if it is handed to anything.
 * @param line From 1.
 */
export function ownContainerAt(file: EditedSource, line: number): OwnContainer | undefined {
  const found = new Map<Node, OwnContainer>();
  walk(file.tree.root, (node) => {
    if (node.loc?.start.line !== line) return;
    const container =
      (node.type === 'Identifier' && ownVariable(file, node)) ||
      ownField(file, node.type === 'MemberExpression' ? memberName(node) : fieldName(node));
    if (container) found.set(container.made, container);
  });
  return found.size === 1 ? [...found.values()][0] : undefined;
}

function ownVariable(file: EditedSource, name: Identifier): OwnContainer | undefined {
  const { tree, scopes } = file;
  const binding = scopes.resolve(name.name, name);
  const declarator = binding && tree.parentOf.get(binding.declaration);
  if (binding?.scope.type !== 'Program' || declarator?.type !== 'VariableDeclarator')
    return undefined;
  const declaration = tree.parentOf.get(declarator);
  if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') return undefined;
  if (tree.parentOf.get(declaration)?.type !== 'Program') return undefined;
  return containerOf(
    file,
    name.name,
    binding.declaration,
    declarator.init,
    scopes.referencesTo(binding),
  );
}

/** @param field As `memberName` writes it: `#items`, `items`. */
function ownField(file: EditedSource, field: string | undefined): OwnContainer | undefined {
  if (field === undefined) return undefined;
  const declarations: Node[] = [];
  const uses: Node[] = [];
  walk(file.tree.root, (node) => {
    if (fieldName(node) === field) declarations.push(node);
    const isMember = node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
    if (isMember && memberName(node) === field) uses.push(node);
  });
  const [declared, ...others] = declarations;
  if (!declared || others.length > 0) return undefined;
  if (declared.type !== 'ClassPrivateProperty' && declared.type !== 'ClassProperty')
    return undefined;
  if (declared.static) return undefined;
  const isPrivate =
    declared.type === 'ClassPrivateProperty' || declared.accessibility === 'private';
  if (!isPrivate && !isFieldOfOwnInstances(file, declared)) return undefined;
  return containerOf(file, field.replace('#', ''), declared, declared.value, uses);
}

/** The name of what a class or object declares, as `memberName` writes it. */
function fieldName(node: Node): string | undefined {
  if (node.type === 'ClassPrivateProperty') return `#${node.key.id.name}`;
  if (node.type !== 'ClassProperty' && node.type !== 'ObjectProperty') return undefined;
  return node.key.type === 'Identifier' && !node.computed ? node.key.name : undefined;
}

function containerOf(
  file: EditedSource,
  name: string,
  declared: Node,
  init: Node | null | undefined,
  references: readonly Node[],
): OwnContainer | undefined {
  const made = init ? unwrap(init) : undefined;
  const kind = made && kindOf(file, made);
  const uses = references.map((container) => useOf(file, container));
  if (!kind || uses.some((use) => use === undefined)) return undefined;
  return { kind, name, made, declared, uses: uses.filter((use) => use !== undefined) };
}

function kindOf(file: EditedSource, made: Node): OwnContainer['kind'] | undefined {
  if (made.type === 'ArrayExpression') return made.elements.length === 0 ? 'array' : undefined;
  if (made.type !== 'NewExpression' || made.arguments.length > 0) return undefined;
  const { callee } = made;
  if (file.isGlobal(callee, 'Map')) return 'Map';
  return file.isGlobal(callee, 'Set') ? 'Set' : undefined;
}

function useOf({ tree }: EditedSource, container: Node): ContainerUse | undefined {
  const outer = tree.parentOf.get(container);
  if (outer?.type === 'ForOfStatement' && outer.right === container) {
    return { container, member: undefined, call: undefined };
  }
  if (outer?.type === 'SpreadElement') return { container, member: undefined, call: undefined };
  if (outer?.type !== 'MemberExpression' || outer.object !== container) return undefined;
  const member = memberName(outer);
  const call = tree.parentOf.get(outer);
  if (member === undefined) return undefined;
  const isCalled = call?.type === 'CallExpression' && call.callee === outer;
  return { container, member, call: isCalled ? call : undefined };
}
