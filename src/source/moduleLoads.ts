import path from 'node:path';
import type { Node, TemplateLiteral } from '@babel/types';
import { memberName, runsRepeatedly } from './containerUse';
import type { ScopeAnalysis } from './scopes';
import { walk, type SyntaxTree } from './syntaxTree';

/** An expression that loads a module. */
export interface ModuleLoad {
  readonly node: Node;
  /** True if what it loads may be another module each time: a specifier that is no literal. */
  readonly varies: boolean;
  /** True if it can run more than once. */
  readonly repeated: boolean;
}

/**
 * The expressions in one file that can have loaded a module, in source order: `require(…)`,
 * `module.require(…)`, what `createRequire` made, and `import(…)`.
 * @param file The path of the module, which literal specifiers have to name; undefined if unknown.
 */
export function moduleLoads(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  file: string | undefined,
): ModuleLoad[] {
  const found: ModuleLoad[] = [];
  walk(tree.root, (node) => {
    const specifier = specifierOf(node, scopes);
    if (!specifier) return;
    const text = literalText(specifier);
    const varies = text === undefined;
    if (!varies && (file === undefined || !namesFile(text, file))) return;
    if (varies && !mayName(specifier, file)) return;
    found.push({ node, varies, repeated: runsRepeatedly(tree, node) });
  });
  return found;
}

/** What an expression loads, if it loads a module. */
function specifierOf(node: Node, scopes: ScopeAnalysis): Node | undefined {
  if (node.type === 'ImportExpression') return node.source;
  if (node.type !== 'CallExpression') return undefined;
  const { callee } = node;
  const loads = callee.type === 'Import' || isRequire(callee, scopes);
  return loads ? node.arguments[0] : undefined;
}

function isRequire(callee: Node, scopes: ScopeAnalysis): boolean {
  if (callee.type === 'MemberExpression') {
    const { object } = callee;
    const ofModule = object.type === 'Identifier' && object.name === 'module';
    return ofModule && memberName(callee) === 'require';
  }
  if (callee.type !== 'Identifier') return isCreatedRequire(callee);
  const declaration = scopes.resolve(callee.name, callee)?.declaration;
  const init = declaration && scopes.initialiserOf(declaration);
  return init ? isCreatedRequire(init) : callee.name === 'require';
}

/** `createRequire(import.meta.url)` */
function isCreatedRequire(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  const name = callee.type === 'Identifier' ? callee.name : memberName(callee);
  return name === 'createRequire';
}

function literalText(specifier: Node): string | undefined {
  if (specifier.type === 'StringLiteral') return specifier.value;
  if (specifier.type !== 'TemplateLiteral' || specifier.expressions.length > 0) return undefined;
  return cookedTexts(specifier)[0];
}

function cookedTexts({ quasis }: TemplateLiteral): string[] {
  return quasis.map(({ value }) => value.cooked ?? value.raw);
}

/** `./rules` names `/app/lib/rules.js`: the last parts agree, and the ending may be left out. */
function namesFile(specifier: string, file: string): boolean {
  const wanted = path.posix.basename(specifier);
  return wanted === path.basename(file) || wanted === path.parse(file).name;
}

/** False for a template whose last fixed part is not in the name of the file. */
function mayName(specifier: Node, file: string | undefined): boolean {
  if (file === undefined || specifier.type !== 'TemplateLiteral') return true;
  const [name] = cookedTexts(specifier).at(-1)!.split(/[?#]/);
  return file.includes(name);
}
