import type { Node } from '@babel/types';
import { unwrap } from './containerUse';
import { insertion, type EditedSource, type TextEdit } from './editedSource';
import type { OwnContainer } from './ownContainer';
import type { QuickFix } from './quickFixes';
import { ancestorsOf, isClass } from './syntaxTree';

/** What both the strong and the weak container can do. */
const SHARED_METHODS = {
  Map: ['get', 'set', 'has', 'delete'],
  Set: ['add', 'has', 'delete'],
} as const;

/**
 * Lets entries go with their keys. Offered if nothing lists or counts them and every key that is put
 * in is an object for sure: a weak container takes no other.
 */
export function weakContainer(file: EditedSource, container: OwnContainer): QuickFix | undefined {
  const { kind, name, made, declared, uses } = container;
  if (kind === 'array' || made.type !== 'NewExpression') return undefined;
  const shared: readonly string[] = SHARED_METHODS[kind];
  const [adds] = kind === 'Map' ? (['set'] as const) : (['add'] as const);
  let additions = 0;
  for (const { member, call } of uses) {
    if (member === undefined || !call || !shared.includes(member)) return undefined;
    if (member !== adds) continue;
    const [key] = call.arguments;
    if (!key || !isObject(file, key)) return undefined;
    additions++;
  }
  const types = [made, ...annotationsOf(declared)];
  if (additions === 0 || !types.every((type) => hasObjectKeys(file, type, kind))) return undefined;
  return {
    kind: 'weakContainer',
    title: `Make '${name}' a Weak${kind}, which lets go with its keys`,
    edits: types.map((type): TextEdit => insertion(nameOf(type).start!, 'Weak')),
  };
}

/** The type written beside the declared name, if any. */
function annotationsOf(declared: Node): Node[] {
  if (!('typeAnnotation' in declared) || !declared.typeAnnotation) return [];
  const annotation = declared.typeAnnotation as Node;
  return annotation.type === 'TSTypeAnnotation' ? [annotation.typeAnnotation] : [annotation];
}

/** `new Map<Key, Value>()` or `Map<Key, Value>`; false for any other type. */
function hasObjectKeys(file: EditedSource, type: Node, kind: 'Map' | 'Set'): boolean {
  const name = nameOf(type);
  if (name.type !== 'Identifier' || name.name !== kind) return false;
  const parameters = typeParametersOf(type);
  if (!parameters) return true;
  return parameters[0] !== undefined && isObjectType(file, parameters[0]);
}

function typeParametersOf(type: Node): readonly Node[] | undefined {
  if (type.type !== 'NewExpression' && type.type !== 'TSTypeReference') return undefined;
  const written = type.typeParameters as Node | null | undefined;
  return written?.type === 'TSTypeParameterInstantiation' ? written.params : undefined;
}

function nameOf(type: Node): Node {
  if (type.type === 'NewExpression') return type.callee;
  return type.type === 'TSTypeReference' ? type.typeName : type;
}

/** An object type that this file declares: what is imported may stand for a string. */
function isObjectType(file: EditedSource, type: Node): boolean {
  if (type.type === 'TSObjectKeyword') return true;
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return false;
  const { name } = type.typeName;
  return file.tree.root.program.body.some((statement) => {
    const declared =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    const isType = declared?.type === 'TSInterfaceDeclaration' || (declared && isClass(declared));
    return isType === true && declared.id?.name === name;
  });
}

function isObject(file: EditedSource, key: Node): boolean {
  const node = unwrap(key);
  switch (node.type) {
    case 'NewExpression':
    case 'ObjectExpression':
    case 'ArrayExpression':
      return true;
    case 'ThisExpression':
      return isInstance(file, node);
    case 'Identifier': {
      const declaration = file.scopes.resolve(node.name, node)?.declaration;
      if (!declaration) return false;
      if (annotationsOf(declaration).some((type) => isObjectType(file, type))) return true;
      const declarator = file.tree.parentOf.get(declaration);
      const isConst =
        declarator?.type === 'VariableDeclarator' &&
        isConstant(file, declarator) &&
        declarator.init;
      return isConst ? isObject(file, isConst) : false;
    }
    default:
      return false;
  }
}

function isConstant({ tree }: EditedSource, declarator: Node): boolean {
  const declaration = tree.parentOf.get(declarator);
  return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const';
}

/** `this` in a constructor: methods may be called on anything. */
function isInstance({ tree }: EditedSource, node: Node): boolean {
  for (const outer of ancestorsOf(tree, node)) {
    if (outer.type === 'ClassMethod') return outer.kind === 'constructor';
    if (outer.type === 'FunctionExpression' || outer.type === 'FunctionDeclaration') return false;
    if (outer.type === 'ObjectMethod' || outer.type === 'ClassPrivateMethod') return false;
  }
  return false;
}
