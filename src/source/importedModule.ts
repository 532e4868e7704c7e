import type { Node } from '@babel/types';
import type { Anchor } from '../leaks/leakAnalysis';
import { unwrap, type ContainerTest } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { walk, type SyntaxTree } from './syntaxTree';

/** True for the specifier of an `import` or `require` that is meant. */
export type ModuleTest = (specifier: string) => boolean;

/** The specifier that an expression loads a module by: `require('a')`, `await import('a')`. */
export function loadedModule(expression: Node): string | undefined {
  const node = unwrap(expression);
  if (node.type === 'ImportExpression') return textOf(node.source);
  if (node.type !== 'CallExpression') return undefined;
  const { callee } = node;
  const loads =
    callee.type === 'Import' || (callee.type === 'Identifier' && callee.name === 'require');
  const [specifier] = node.arguments;
  if (loads) return specifier && textOf(specifier);
  // What compilers wrap around it for the sake of default exports: __importDefault(require('a'))
  return callee.type === 'Identifier' && specifier ? loadedModule(specifier) : undefined;
}

/** True for names that stand for the default export, or for all of `module.exports`. */
export function isDefaultExportOf(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  isModule: ModuleTest,
): ContainerTest {
  return (expression) => {
    const node = unwrap(expression);
    if (node.type !== 'Identifier') return false;
    const declaration = scopes.resolve(node.name, node)?.declaration;
    const parent = declaration && tree.parentOf.get(declaration);
    if (parent?.type === 'ImportDefaultSpecifier') return isModule(importSource(tree, parent));
    if (parent?.type === 'ImportSpecifier' && exportName(parent.imported) === 'default') {
      return isModule(importSource(tree, parent));
    }
    const init = declaration && scopes.initialiserOf(declaration);
    const specifier = init && loadedModule(init);
    return specifier !== undefined && isModule(specifier);
  };
}

/** The module that an import specifier takes its name from. */
export function importSource(tree: SyntaxTree, specifier: Node): string {
  const parent = tree.parentOf.get(specifier);
  return parent?.type === 'ImportDeclaration' ? parent.source.value : '';
}

/** What a module means by an exported name: the local name or the expression that it exports. */
export function exportedLocal(tree: SyntaxTree, name: string): Node | undefined {
  let found: Node | undefined;
  walk(tree.root, (node) => {
    if (node.type === 'ExportSpecifier' && exportName(node.exported) === name) found = node.local;
    if (node.type === 'ExportDefaultDeclaration' && name === 'default') found = node.declaration;
  });
  return found;
}

function exportName(node: Node): string | undefined {
  return node.type === 'Identifier' ? node.name : textOf(node);
}

function textOf(node: Node): string | undefined {
  return node.type === 'StringLiteral' ? node.value : undefined;
}

/** True for what a module is imported as: the default export, or `module.exports` itself. */
export function isWholeExport(anchor: Anchor): boolean {
  if (anchor.kind === 'export') return anchor.name === 'exports';
  return anchor.kind === 'variable' && anchor.name === 'default';
}
