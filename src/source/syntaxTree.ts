import { parse, type ParserPlugin } from '@babel/parser';
import type { File, Node, Function as FunctionNode, Class } from '@babel/types';
import type { Position0 } from '../base/position';

/** A parsed source file with parent links. Positions are 0-based lines and columns. */
export interface SyntaxTree {
  readonly source: string;
  readonly root: File;
  readonly parentOf: ReadonlyMap<Node, Node>;
}

/**
 * Parses JavaScript, JSX or TypeScript. Errors in the text are survived where Babel can.
 * @param fileName Only its ending is used: `.ts`, `.mts`, `.cts` and `.tsx` are TypeScript.
 * @returns undefined if nothing sensible could be read.
 */
export function parseSyntaxTree(source: string, fileName: string): SyntaxTree | undefined {
  for (const plugins of pluginChoices(fileName)) {
    try {
      const root = parse(source, {
        sourceType: 'unambiguous',
        errorRecovery: true,
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: true,
        allowNewTargetOutsideFunction: true,
        allowSuperOutsideMethod: true,
        allowUndeclaredExports: true,
        plugins,
      });
      return { source, root, parentOf: linkParents(root) };
    } catch {
      // The next choice of plugins may read it.
    }
  }
  return undefined;
}

function pluginChoices(fileName: string): ParserPlugin[][] {
  const common: ParserPlugin[] = ['decorators', 'explicitResourceManagement'];
  if (/\.[mc]?ts$/i.test(fileName)) return [[...common, 'typescript']];
  if (/\.tsx$/i.test(fileName)) return [[...common, 'typescript', 'jsx']];
  return [
    [...common, 'jsx'],
    [...common, 'flow', 'jsx'],
  ];
}

/** The child nodes of `node`, in source order within each field. */
export function* childrenOf(node: Node): Generator<Node> {
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key === 'extra' || key.endsWith('Comments') || key === 'errors') continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item;
    } else if (isNode(value)) {
      yield value;
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** Visits `root` and all below it, parents first. A stack, because real sources nest deeply. */
export function walk(root: Node, visit: (node: Node) => void): void {
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    visit(node);
    const children = [...childrenOf(node)];
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i]);
  }
}

function linkParents(root: File): Map<Node, Node> {
  const parentOf = new Map<Node, Node>();
  walk(root, (node) => {
    for (const child of childrenOf(node)) parentOf.set(child, node);
  });
  return parentOf;
}

/** The ancestors of `node`, nearest first. */
export function* ancestorsOf(tree: SyntaxTree, node: Node): Generator<Node> {
  for (let at = tree.parentOf.get(node); at; at = tree.parentOf.get(at)) yield at;
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'ObjectMethod' ||
    node.type === 'ClassMethod' ||
    node.type === 'ClassPrivateMethod'
  );
}

export function isClass(node: Node): node is Class {
  return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}

/** Where `node` starts, 0-based. */
export function startOf(node: Node): Position0 {
  const start = node.loc!.start;
  return { base: 0, line: start.line - 1, column: start.column };
}

/**
 * The innermost function that contains a position. V8 reports a function by the start of its
 * parameter list (`function name|(…)`) or, for arrows, by its first token: both lie inside.
 */
export function functionAt(tree: SyntaxTree, position: Position0): FunctionNode | undefined {
  return innermost(tree, position, isFunction);
}

/**
 * The class whose constructor V8 reports at `position`: the class that starts there (it has no
 * constructor of its own), or the class around the constructor method that contains it.
 */
export function classAt(tree: SyntaxTree, position: Position0): Class | undefined {
  const method = functionAt(tree, position);
  const around = innermost(tree, position, isClass);
  if (!around) return undefined;
  if (!method || !contains(around, startOf(method))) return around;
  return method.type === 'ClassMethod' && method.kind === 'constructor' ? around : undefined;
}

/** The innermost node that contains a position. */
export function nodeAt(tree: SyntaxTree, position: Position0): Node {
  return innermost(tree, position, (node): node is Node => node.loc !== null) ?? tree.root;
}

function innermost<T extends Node>(
  tree: SyntaxTree,
  position: Position0,
  accept: (node: Node) => node is T,
): T | undefined {
  let found: T | undefined;
  let node: Node | undefined = tree.root;
  while (node) {
    if (accept(node)) found = node;
    let next: Node | undefined;
    for (const child of childrenOf(node)) if (contains(child, position)) next = child;
    node = next;
  }
  return found;
}

function contains(node: Node, position: Position0): boolean {
  const loc = node.loc;
  if (!loc) return false;
  const line = position.line + 1;
  const { column } = position;
  const startsBefore =
    loc.start.line < line || (loc.start.line === line && loc.start.column <= column);
  const endsAfter = loc.end.line > line || (loc.end.line === line && loc.end.column > column);
  return startsBefore && endsAfter;
}
