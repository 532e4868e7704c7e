import type { Node, Statement } from '@babel/types';
import { ScopeAnalysis } from './scopes';
import { ancestorsOf, parseSyntaxTree, walk, type SyntaxTree } from './syntaxTree';

/** Replaces the text between two offsets, counted from 0 in UTF-16 units, as strings and editors do. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A parsed file that is about to be edited in the style it is written in. */
export class EditedSource {
  readonly isTypeScript: boolean;
  private readonly lineBreak: string;
  private readonly indentUnit: string;
  private readonly names = new Set<string>();

  private constructor(
    readonly tree: SyntaxTree,
    readonly scopes: ScopeAnalysis,
    fileName: string,
  ) {
    this.isTypeScript = /\.[mc]?tsx?$/i.test(fileName);
    this.lineBreak = /\r?\n/.exec(tree.source)?.[0] ?? '\n';
    this.indentUnit = /^(?:\t| {2,8})(?=[^\s*])/m.exec(tree.source)?.[0] ?? '  ';
    walk(tree.root, (node) => {
      if (node.type === 'Identifier') this.names.add(node.name);
    });
  }

  /** @returns undefined if the text cannot be parsed without errors: then nothing is certain. */
  static parse(source: string, fileName: string): EditedSource | undefined {
    const tree = parseSyntaxTree(source, fileName);
    if (!tree || hasErrors(tree)) return undefined;
    return new EditedSource(tree, new ScopeAnalysis(tree), fileName);
  }

  textOf(node: Node): string {
    return this.tree.source.slice(node.start!, node.end!);
  }

  /** A name like the one wished for that nothing in the file has yet. */
  freshName(wish: string): string {
    let name = wish;
    for (let i = 2; this.names.has(name); i++) name = `${wish}${i}`;
    return name;
  }

  /** True for a name of the language or Node.js that the file does not define anew. */
  isGlobal(node: Node, name: string): boolean {
    return (
      node.type === 'Identifier' &&
      node.name === name &&
      this.scopes.resolve(name, node) === undefined
    );
  }

  /** The statement that consists of this expression alone. */
  statementOf(expression: Node): Statement | undefined {
    const outer = this.tree.parentOf.get(expression);
    return outer?.type === 'ExpressionStatement' ? outer : undefined;
  }

  /** True for a statement in a list of statements, where others can be put beside it. */
  isInList(statement: Node): boolean {
    const outer = this.tree.parentOf.get(statement);
    return outer?.type === 'BlockStatement' || outer?.type === 'Program';
  }

  /** The statement of the module itself that `node` is in. */
  moduleStatementOf(node: Node): Node {
    let child = node;
    for (const outer of ancestorsOf(this.tree, node)) {
      if (outer.type === 'Program') return child;
      child = outer;
    }
    return child;
  }

  /** Puts code, without a semicolon, on a line of its own after a statement. */
  lineAfter(statement: Node, code: string): TextEdit {
    const at = statement.end!;
    return insertion(
      at,
      `${this.lineBreak}${this.indentOf(statement)}${this.ended(code, statement)}`,
    );
  }

  /**
   * Puts code, without a semicolon, on a line of its own before a statement and its comments.
   * @param like What tells whether semicolons are written, here and below.
   */
  lineBefore(statement: Node, code: string, like = statement): TextEdit {
    const indent = this.indentOf(statement);
    // Functions and classes stand apart.
    const gap = endsBySemicolon(statement) ? '' : this.lineBreak;
    const text = `${this.ended(code, like)}${this.lineBreak}${gap}${indent}`;
    return insertion(this.startWithComments(statement), text);
  }

  /** Puts code, without a semicolon, first into a block or the body of a class. */
  firstIn(body: Node, code: string, like: Node = body): TextEdit {
    const { source } = this.tree;
    const at = source.indexOf('{', body.start!) + 1;
    const statement = this.ended(code, like);
    const isOneLine = body.loc!.start.line === body.loc!.end.line;
    const isEmpty = source.slice(at, body.end! - 1).trim() === '';
    if (isOneLine && !isEmpty) return insertion(at, ` ${statement}`);
    const indent = this.indentOf(body);
    const line = `${this.lineBreak}${indent}${this.indentUnit}${statement}`;
    if (!isOneLine) return insertion(at, line);
    return { start: at, end: body.end! - 1, text: `${line}${this.lineBreak}${indent}` };
  }

  private ended(code: string, like: Node): string {
    return this.hasSemicolons(like) ? `${code};` : code;
  }

  /** Asks the statement itself; where it cannot tell, the file's first statement that can. */
  private hasSemicolons(like: Node): boolean {
    const { source, root } = this.tree;
    if (endsBySemicolon(like)) return source[like.end! - 1] === ';';
    let answer: boolean | undefined;
    walk(root, (node) => {
      if (answer === undefined && endsBySemicolon(node)) answer = source[node.end! - 1] === ';';
    });
    return answer ?? true;
  }

  private startWithComments(statement: Node): number {
    let { start } = statement;
    let line = statement.loc!.start.line;
    for (const comment of [...(statement.leadingComments ?? [])].reverse()) {
      if (comment.loc!.end.line < line - 1 || !this.startsLine(comment.start!)) break;
      start = comment.start!;
      line = comment.loc!.start.line;
    }
    return start!;
  }

  private startsLine(offset: number): boolean {
    return this.lineStart(offset).trim() === '';
  }

  /** The blanks that the line of a node starts with. */
  private indentOf(node: Node): string {
    return /^\s*/.exec(this.lineStart(node.start!) + this.textOf(node))![0];
  }

  private lineStart(offset: number): string {
    const { source } = this.tree;
    return source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset);
  }
}

export function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

function endsBySemicolon({ type }: Node): boolean {
  return (
    type === 'ExpressionStatement' ||
    type === 'VariableDeclaration' ||
    type === 'ReturnStatement' ||
    type === 'ClassProperty' ||
    type === 'ClassPrivateProperty'
  );
}

/** Babel goes on after an error, and lists it at the root. */
function hasErrors({ root }: SyntaxTree): boolean {
  const { errors } = root as { errors?: readonly unknown[] | null };
  return (errors?.length ?? 0) > 0;
}
