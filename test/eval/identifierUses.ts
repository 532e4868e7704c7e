import type { Node } from '@babel/types';
import { childrenOf, type SyntaxTree, walk } from '../../src/source/syntaxTree';

/**
 * One name in a source file and what it stands for there: a `binding` of some scope, the name of a
 * `property` of an object or of a module's exports, or both at once, as in `{ name }`.
 */
export interface IdentifierUse {
  readonly name: string;
  /** Offset in the source. */
  readonly start: number;
  readonly kind: 'binding' | 'property' | 'privateName' | 'both';
  /** What stands between the name of the property and that of the binding where it is `both`. */
  readonly link?: { readonly text: ': ' | ' as '; readonly bindingFirst: boolean };
  /** What the program itself brings into being here under that name. */
  readonly declares?: 'binding' | 'property';
}

/** What the syntax of a file says about names. */
export interface NamesInFile {
  readonly uses: readonly IdentifierUse[];
  /** Names of bindings that are at the same time names of exports or fields: `export const NAME`. */
  readonly published: ReadonlySet<string>;
  /** Texts of literals, in which names may be spelled out. */
  readonly literals: readonly string[];
}

export function namesInFile(tree: SyntaxTree): NamesInFile {
  const uses = new Map<number, IdentifierUse>();
  const declarators = new Set<number>();
  const published = new Set<string>();
  const literals: string[] = [];
  walk(tree.root, (node) => {
    for (const id of declaredBy(node)) declarators.add(id.start!);
    for (const name of publishedBy(node)) published.add(name);
    if (!namesModule(tree, node)) literals.push(...literalsOf(node));
    const use = useOf(tree, node, declarators);
    // A shorthand comes before its own two halves, which begin at the same place.
    if (use && !uses.has(use.start)) uses.set(use.start, use);
  });
  return { uses: [...uses.values()], published, literals };
}

function useOf(
  tree: SyntaxTree,
  node: Node,
  declarators: ReadonlySet<number>,
): IdentifierUse | undefined {
  const start = node.start!;
  if (node.type === 'ObjectProperty' && node.shorthand && node.key.type === 'Identifier') {
    const link = { text: ': ', bindingFirst: false } as const;
    const declares = isPattern(tree.parentOf.get(node)) ? 'binding' : 'property';
    return { name: node.key.name, start, kind: 'both', link, declares };
  }
  if (node.type === 'ImportSpecifier' && node.imported.start === node.local.start) {
    const link = { text: ' as ', bindingFirst: false } as const;
    const at = node.local.start!;
    return { name: node.local.name, start: at, kind: 'both', link, declares: 'binding' };
  }
  if (isShortExport(tree, node)) {
    const link = { text: ' as ', bindingFirst: true } as const;
    const at = node.local.start!;
    return { name: node.local.name, start: at, kind: 'both', link, declares: 'property' };
  }
  if (node.type === 'PrivateName') {
    return { name: node.id.name, start: node.id.start!, kind: 'privateName' };
  }
  if (node.type === 'TSTypeParameter') {
    // Babel keeps its name as a text, which modifiers may precede.
    const name = node.name;
    const at = tree.source.indexOf(name, start);
    return { name, start: at, kind: 'binding', declares: 'binding' };
  }
  if (node.type !== 'Identifier') return undefined;
  const parent = tree.parentOf.get(node);
  if (!parent || parent.type === 'MetaProperty') return undefined;
  const { name } = node;
  if (!namesProperty(tree, parent, node)) {
    const declared = declarators.has(start) ? ({ declares: 'binding' } as const) : {};
    return { name, start, kind: 'binding', ...declared };
  }
  const declared = declaresProperty(tree, parent) ? ({ declares: 'property' } as const) : {};
  return { name, start, kind: 'property', ...declared };
}

function isShortExport(
  tree: SyntaxTree,
  node: Node,
): node is Extract<Node, { type: 'ExportSpecifier' }> {
  if (node.type !== 'ExportSpecifier' || node.local.start !== node.exported.start) return false;
  const parent = tree.parentOf.get(node);
  return parent?.type === 'ExportNamedDeclaration' && !parent.source;
}

function namesProperty(tree: SyntaxTree, parent: Node, node: Node): boolean {
  switch (parent.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return parent.property === node && !parent.computed;
    case 'ObjectProperty':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
    case 'ClassAccessorProperty':
    case 'TSDeclareMethod':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return parent.key === node && !parent.computed;
    case 'TSEnumMember':
      return parent.id === node;
    case 'TSQualifiedName':
      return parent.right === node;
    case 'ImportSpecifier':
      return parent.imported === node;
    case 'ExportSpecifier':
      return parent.exported === node || isReexport(tree, parent);
    case 'ExportNamespaceSpecifier':
      return true;
    default:
      return false;
  }
}

function isReexport(tree: SyntaxTree, specifier: Node): boolean {
  const parent = tree.parentOf.get(specifier);
  return parent?.type === 'ExportNamedDeclaration' && Boolean(parent.source);
}

/** Keys and fields declare a property, and so does what is assigned to: `this.name = …`. */
function declaresProperty(tree: SyntaxTree, parent: Node): boolean {
  const outer = tree.parentOf.get(parent);
  switch (parent.type) {
    case 'MemberExpression':
      return outer?.type === 'AssignmentExpression' && outer.left === parent;
    case 'ObjectProperty':
      return !isPattern(outer);
    case 'OptionalMemberExpression':
    case 'TSQualifiedName':
    case 'ImportSpecifier':
      return false;
    default:
      return true;
  }
}

function isPattern(node: Node | undefined): boolean {
  return node?.type === 'ObjectPattern';
}

/** The identifiers that `node` declares as bindings. */
function declaredBy(node: Node): Node[] {
  switch (node.type) {
    case 'VariableDeclarator':
      return patternNames(node.id);
    case 'CatchClause':
      return node.param ? patternNames(node.param) : [];
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return [node.local];
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSEnumDeclaration':
      return node.id ? [node.id] : [];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return [...(node.id ? [node.id] : []), ...node.params.flatMap(patternNames)];
    case 'ArrowFunctionExpression':
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassPrivateMethod':
      return node.params.flatMap(patternNames);
    default:
      return [];
  }
}

function patternNames(pattern: Node): Node[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern];
    case 'AssignmentPattern':
      return patternNames(pattern.left);
    case 'RestElement':
      return patternNames(pattern.argument);
    case 'ObjectProperty':
      return patternNames(pattern.value);
    case 'TSParameterProperty':
      return patternNames(pattern.parameter);
    case 'ObjectPattern':
    case 'ArrayPattern':
      return [...childrenOf(pattern)].flatMap(patternNames);
    default:
      return [];
  }
}

function publishedBy(node: Node): string[] {
  const names = (ids: Node[]) => ids.flatMap((id) => (id.type === 'Identifier' ? [id.name] : []));
  if (node.type === 'TSParameterProperty') return names(patternNames(node.parameter));
  if (node.type !== 'ExportNamedDeclaration' || !node.declaration) return [];
  const { declaration } = node;
  if (declaration.type === 'VariableDeclaration') {
    return names(declaration.declarations.flatMap(({ id }) => patternNames(id)));
  }
  return 'id' in declaration && declaration.id ? names([declaration.id]) : [];
}

/** The name of a module is never that of a property. */
function namesModule(tree: SyntaxTree, node: Node): boolean {
  const parent = tree.parentOf.get(node);
  switch (parent?.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return parent.source === node;
    case 'CallExpression':
      return parent.callee.type === 'Identifier' && parent.callee.name === 'require';
    default:
      return false;
  }
}

function literalsOf(node: Node): string[] {
  switch (node.type) {
    case 'StringLiteral':
    case 'DirectiveLiteral':
      return [node.value];
    case 'RegExpLiteral':
      return [node.pattern];
    case 'TemplateElement':
      return [node.value.raw];
    default:
      return [];
  }
}
