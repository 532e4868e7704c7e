import type { Class, Function as FunctionNode, Node } from '@babel/types';
import type { Position0 } from '../base/position';
import { memberName } from './containerUse';
import { usesByName } from './functionName';
import type { ScopeAnalysis } from './scopes';
import { classAt, functionAt, isClass, type SyntaxTree } from './syntaxTree';

/** By which a prototype takes over the members of other arguments. */
const MEMBER_GIVERS = new Set(['assign', 'defineProperty', 'defineProperties']);

/**
 * The code of the class whose constructor V8 reports at `position`: the class, or the constructor
 * function and all that its prototype is given. Empty if nothing there can make instances.
 */
export function classParts(tree: SyntaxTree, scopes: ScopeAnalysis, position: Position0): Node[] {
  const made: Class | FunctionNode | undefined =
    classAt(tree, position) ?? functionAt(tree, position);
  if (!made) return [];
  return isClass(made) ? [made] : [made, ...prototypeMembers(tree, scopes, made)];
}

/** `m` of `C.prototype.x = m`, `C.prototype = m`, `Object.assign(C.prototype, m)`. */
function prototypeMembers(tree: SyntaxTree, scopes: ScopeAnalysis, made: FunctionNode): Node[] {
  const members: Node[] = [];
  const seen = new Set<Node>();
  const prototypes = usesByName(tree, scopes, made)
    .map((use) => tree.parentOf.get(use))
    .filter((outer) => outer !== undefined && memberName(outer) === 'prototype');
  // What an assignment or variable gets is the prototype as well, so the list grows.
  for (const prototype of prototypes) {
    const outer = prototype && tree.parentOf.get(prototype);
    if (!outer || seen.has(prototype)) continue;
    seen.add(prototype);
    switch (outer.type) {
      case 'MemberExpression': {
        const assignment = tree.parentOf.get(outer);
        if (assignment?.type === 'AssignmentExpression' && assignment.left === outer) {
          members.push(assignment.right);
        }
        break;
      }
      case 'AssignmentExpression':
        if (outer.left === prototype) members.push(outer.right);
        prototypes.push(...(outer.left === prototype ? [outer] : aliasesOf(scopes, outer.left)));
        break;
      case 'VariableDeclarator':
        prototypes.push(...aliasesOf(scopes, outer.id));
        break;
      case 'CallExpression':
        if (outer.arguments[0] === prototype && MEMBER_GIVERS.has(memberName(outer.callee) ?? '')) {
          members.push(...outer.arguments.slice(1));
        }
        break;
    }
  }
  return members;
}

function aliasesOf(scopes: ScopeAnalysis, target: Node): Node[] {
  const binding = target.type === 'Identifier' ? scopes.resolve(target.name, target) : undefined;
  return binding ? scopes.referencesTo(binding) : [];
}
