import type { Identifier, Node } from '@babel/types';
import { ancestorsOf, childrenOf, isClass, isFunction, walk, type SyntaxTree } from './syntaxTree';

/** A name, the node that declares it, and the scope it is visible in. */
export interface Binding {
  readonly name: string;
  readonly declaration: Node;
  readonly scope: Node;
}

/** Which name means what, by the scoping rules of ECMAScript (hoisted `var`, blocks, classes). */
export class ScopeAnalysis {
  private readonly bindingsOf = new Map<Node, Map<string, Binding>>();

  constructor(private readonly tree: SyntaxTree) {
    walk(tree.root, (node) => this.declare(node));
  }

  /** The binding that `name` has at `from`, looking outwards. */
  resolve(name: string, from: Node): Binding | undefined {
    const own = this.bindingsOf.get(from)?.get(name);
    if (own) return own;
    for (const scope of ancestorsOf(this.tree, from)) {
      const binding = this.bindingsOf.get(scope)?.get(name);
      if (binding) return binding;
    }
    return undefined;
  }

  /** All identifiers in `binding`'s scope that refer to it, its declaration left out. */
  referencesTo(binding: Binding): Identifier[] {
    const found: Identifier[] = [];
    walk(binding.scope, (node) => {
      if (node.type !== 'Identifier' || node.name !== binding.name) return;
      if (node === binding.declaration || !isReference(this.tree, node)) return;
      if (this.resolve(node.name, node) === binding) found.push(node);
    });
    return found;
  }

  /** The expression that a declared name starts with: `x` in `const name = x`. */
  initialiserOf(declaration: Node): Node | undefined {
    const parent = this.tree.parentOf.get(declaration);
    return parent?.type === 'VariableDeclarator' ? (parent.init ?? undefined) : undefined;
  }

  private declare(node: Node): void {
    switch (node.type) {
      case 'VariableDeclaration': {
        const scope = node.kind === 'var' ? this.functionScope(node) : this.blockScope(node);
        for (const declarator of node.declarations) this.addPattern(declarator.id, scope);
        break;
      }
      case 'FunctionDeclaration':
      case 'ClassDeclaration':
        if (node.id) this.add(node.id, this.blockScope(node));
        break;
      case 'FunctionExpression':
      case 'ClassExpression':
        if (node.id) this.add(node.id, node);
        break;
      case 'CatchClause':
        if (node.param) this.addPattern(node.param, node);
        break;
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        this.add(node.local, this.tree.root.program);
        break;
    }
    if (isFunction(node)) for (const param of node.params) this.addPattern(param, node);
  }

  private addPattern(pattern: Node, scope: Node): void {
    switch (pattern.type) {
      case 'Identifier':
        this.add(pattern, scope);
        break;
      case 'AssignmentPattern':
        this.addPattern(pattern.left, scope);
        break;
      case 'RestElement':
        this.addPattern(pattern.argument, scope);
        break;
      case 'ObjectProperty':
        this.addPattern(pattern.value, scope);
        break;
      case 'TSParameterProperty':
        this.addPattern(pattern.parameter, scope);
        break;
      case 'ObjectPattern':
      case 'ArrayPattern':
        for (const part of childrenOf(pattern)) this.addPattern(part, scope);
        break;
    }
  }

  private add(id: Identifier, scope: Node): void {
    let names = this.bindingsOf.get(scope);
    if (!names) this.bindingsOf.set(scope, (names = new Map<string, Binding>()));
    // `var` may be declared twice; the first one wins, as its line is the declaration.
    if (!names.has(id.name)) names.set(id.name, { name: id.name, declaration: id, scope });
  }

  private blockScope(node: Node): Node {
    for (const outer of ancestorsOf(this.tree, node)) if (isScope(outer)) return outer;
    return this.tree.root.program;
  }

  private functionScope(node: Node): Node {
    for (const outer of ancestorsOf(this.tree, node)) {
      if (isFunction(outer) || outer.type === 'StaticBlock') return outer;
    }
    return this.tree.root.program;
  }
}

function isScope(node: Node): boolean {
  return (
    isFunction(node) ||
    isClass(node) ||
    node.type === 'Program' ||
    node.type === 'BlockStatement' ||
    node.type === 'StaticBlock' ||
    node.type === 'ForStatement' ||
    node.type === 'ForInStatement' ||
    node.type === 'ForOfStatement' ||
    node.type === 'SwitchStatement' ||
    node.type === 'CatchClause'
  );
}

/** False for identifiers that only name a member, a key or a label. */
function isReference(tree: SyntaxTree, id: Identifier): boolean {
  const parent = tree.parentOf.get(id);
  if (!parent) return false;
  switch (parent.type) {
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return parent.object === id || parent.computed;
    case 'ObjectProperty':
      return parent.value === id || parent.computed;
    case 'ObjectMethod':
    case 'ClassMethod':
    case 'ClassProperty':
      return parent.key !== id || parent.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return false;
    default:
      return true;
  }
}
