import type { CallExpression, NewExpression, Node } from '@babel/types';
import type { Position0 } from '../base/position';
import { memberName } from './containerUse';
import { functionAt, startOf, walk, type SyntaxTree } from './syntaxTree';

/** Who is called: V8's name of the function, and the package that it is in. */
export interface Callee {
  /** Such as `memoize` or `Store.add`; empty for an anonymous function. */
  readonly functionName: string;
  readonly packageName: string;
}

/**
 * Where the function that starts at `position` calls `callee`: a call by its name, else a call of
 * something that this script imports or requires from the package. Undefined if no call looks so.
 */
export function findCallInto(
  tree: SyntaxTree,
  position: Position0,
  callee: Callee,
): Position0 | undefined {
  const calls: (CallExpression | NewExpression)[] = [];
  walk(functionAt(tree, position) ?? tree.root, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') calls.push(node);
  });
  const name = callee.functionName.replace(/^.*[. ]/, '');
  const imported = importedFrom(tree, callee.packageName);
  const call =
    calls.find((node) => name !== '' && calledName(node.callee) === name) ??
    calls.find((node) => imported.has(rootName(node.callee) ?? ''));
  return call && startOf(call);
}

function calledName(callee: Node): string | undefined {
  return callee.type === 'Identifier' ? callee.name : memberName(callee);
}

/** The variable that a callee such as `pool.query` starts with. */
function rootName(callee: Node): string | undefined {
  let node = callee;
  while (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
    node = node.object;
  }
  return node.type === 'Identifier' ? node.name : undefined;
}

/** Variables that `import` and `require` give what the package exports. */
function importedFrom(tree: SyntaxTree, packageName: string): Set<string> {
  const names = new Set<string>();
  const isOfPackage = (from: string) => from === packageName || from.startsWith(`${packageName}/`);
  walk(tree.root, (node) => {
    if (node.type === 'ImportDeclaration' && isOfPackage(node.source.value)) {
      for (const { local } of node.specifiers) names.add(local.name);
    }
    if (node.type === 'VariableDeclarator' && isOfPackage(required(node.init) ?? '')) {
      for (const name of boundNames(node.id)) names.add(name);
    }
  });
  return names;
}

function required(value: Node | null | undefined): string | undefined {
  const call = value?.type === 'MemberExpression' ? value.object : value;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier') return undefined;
  const [from] = call.arguments;
  return call.callee.name === 'require' && from?.type === 'StringLiteral' ? from.value : undefined;
}

function boundNames(pattern: Node): string[] {
  if (pattern.type === 'Identifier') return [pattern.name];
  if (pattern.type !== 'ObjectPattern') return [];
  return pattern.properties.flatMap((property) =>
    property.type === 'ObjectProperty' && property.value.type === 'Identifier'
      ? [property.value.name]
      : [],
  );
}
