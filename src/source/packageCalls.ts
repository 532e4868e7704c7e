import type { Node } from '@babel/types';
import { memberName, runsRepeatedly, unwrap } from './containerUse';
import { importSource, loadedModule, type ModuleTest } from './importedModule';
import type { Position0 } from '../base/position';
import type { RetentionSites, SyntaxSite } from './retentionSite';
import type { Binding, ScopeAnalysis } from './scopes';
import { ancestorsOf, functionAt, startOf, walk, type SyntaxTree } from './syntaxTree';

/** How much speaks for a call: that it exports the name at fault, or is seen to take part. */
const WEIGHT = { any: 0.2, repeated: 0.25, named: 0.25, takesPart: 0.2, direct: 0.1 };

/**
 * Calls in one script that lead into a package, best first.
 * @param called Names of the package's functions and classes around the line that leaks.
 * @param involved Places in this script that the heap shows to take part: functions that are kept.
 */
export function callerSitesIn(
  { tree, scopes }: RetentionSites,
  isPackage: ModuleTest,
  called: ReadonlySet<string>,
  involved: readonly Position0[],
): SyntaxSite[] {
  const kept = involved
    .map((place) => functionAt(tree, place))
    .filter((made) => made !== undefined);
  const weigh = ({ node, name, distance, repeated }: PackageCall): number => {
    const around = [...ancestorsOf(tree, node)];
    const takesPart = kept.some(
      (made) => around.includes(made) || [...ancestorsOf(tree, made)].includes(node),
    );
    return (
      WEIGHT.any +
      (repeated ? WEIGHT.repeated : 0) +
      (name !== undefined && called.has(name) ? WEIGHT.named : 0) +
      (takesPart ? WEIGHT.takesPart : 0) +
      (distance === 0 ? WEIGHT.direct : 0)
    );
  };
  return findPackageCalls(tree, scopes, isPackage)
    .map((call) => ({ role: 'caller' as const, position: startOf(call.node), weight: weigh(call) }))
    .sort((a, b) => b.weight - a.weight);
}

/** A call of something that a package exports, or of a method of something that such a call made. */
interface PackageCall {
  readonly node: Node;
  /** What is called: the name of the export or of the method. */
  readonly name: string | undefined;
  /** 0 for an export itself, 1 for what it returned or constructed. */
  readonly distance: number;
  readonly repeated: boolean;
}

/** What was made by something that was made by an export is no longer the package's concern. */
const MAX_DISTANCE = 1;
/** A name may be given on to another: `const a = require('p'); const b = a.make(); this.c = b`. */
const PASSES = 3;

/** The calls in one file that lead into the package that `isPackage` knows the specifiers of. */
function findPackageCalls(
  tree: SyntaxTree,
  scopes: ScopeAnalysis,
  isPackage: ModuleTest,
): PackageCall[] {
  const origins = new PackageOrigins(tree, scopes, isPackage);
  const found: PackageCall[] = [];
  walk(tree.root, (node) => {
    if (!isCall(node) || loadedModule(node) !== undefined) return;
    const distance = origins.distanceOf(node.callee);
    if (distance === undefined || distance > MAX_DISTANCE) return;
    const name = origins.calledName(node.callee);
    found.push({ node, name, distance, repeated: runsRepeatedly(tree, node) });
  });
  return found;
}

/** Which expressions of a file come from a package, and after how many calls. */
class PackageOrigins {
  private readonly variables = new Map<Binding, number>();
  /** Members are told apart by name alone: `this.client` is what any `this.client = …` was. */
  private readonly members = new Map<string, number>();

  constructor(
    private readonly tree: SyntaxTree,
    private readonly scopes: ScopeAnalysis,
    private readonly isPackage: ModuleTest,
  ) {
    for (let pass = 0; pass < PASSES; pass++) walk(tree.root, (node) => this.learn(node));
  }

  distanceOf(expression: Node): number | undefined {
    const node = unwrap(expression);
    if (node.type === 'Identifier') return this.distanceOfName(node.name, node);
    const specifier = loadedModule(node);
    if (specifier !== undefined) return this.isPackage(specifier) ? 0 : undefined;
    if (isCall(node)) {
      const made = this.distanceOf(node.callee);
      return made === undefined ? undefined : made + 1;
    }
    if (node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression') {
      const known = this.members.get(memberName(node) ?? '');
      return known !== undefined && node.object.type === 'ThisExpression'
        ? known
        : this.distanceOf(node.object);
    }
    // (0, library.make)(…), as compilers write it
    return node.type === 'SequenceExpression'
      ? this.distanceOf(node.expressions.at(-1)!)
      : undefined;
  }

  /** The name as the package has it, where an import has given it another. */
  calledName(callee: Node): string | undefined {
    const node = unwrap(callee);
    if (node.type === 'SequenceExpression') return this.calledName(node.expressions.at(-1)!);
    if (node.type !== 'Identifier') return memberName(node);
    const declaration = this.scopes.resolve(node.name, node)?.declaration;
    const parent = declaration && this.tree.parentOf.get(declaration);
    if (parent?.type === 'ImportSpecifier' && parent.imported.type === 'Identifier') {
      return parent.imported.name;
    }
    const taken = parent?.type === 'ObjectProperty' && parent.key.type === 'Identifier';
    return taken ? (parent.key as { name: string }).name : node.name;
  }

  private distanceOfName(name: string, at: Node): number | undefined {
    const binding = this.scopes.resolve(name, at);
    if (!binding) return undefined;
    const parent = this.tree.parentOf.get(binding.declaration);
    if (parent && /^Import(Default|Namespace)?Specifier$/.test(parent.type)) {
      return this.isPackage(importSource(this.tree, parent)) ? 0 : undefined;
    }
    return this.variables.get(binding);
  }

  private learn(node: Node): void {
    if (node.type === 'VariableDeclarator' && node.init) {
      const distance = this.distanceOf(node.init);
      if (distance !== undefined) this.learnPattern(node.id, distance);
    } else if (node.type === 'AssignmentExpression') {
      const distance = this.distanceOf(node.right);
      if (distance !== undefined) this.learnPattern(node.left, distance);
    } else if (node.type === 'ClassProperty' || node.type === 'ClassPrivateProperty') {
      const distance = node.value ? this.distanceOf(node.value) : undefined;
      const name = node.key.type === 'PrivateName' ? `#${node.key.id.name}` : nameOfKey(node.key);
      if (distance !== undefined && name !== undefined) this.members.set(name, distance);
    }
  }

  private learnPattern(target: Node, distance: number): void {
    if (target.type === 'ObjectPattern') {
      for (const property of target.properties) {
        if (property.type === 'ObjectProperty') this.learnPattern(property.value, distance);
      }
      return;
    }
    if (target.type === 'Identifier') {
      const binding = this.scopes.resolve(target.name, target);
      if (binding) this.variables.set(binding, distance);
    }
    const member = memberName(target);
    const isOwn = target.type === 'MemberExpression' && target.object.type === 'ThisExpression';
    if (isOwn && member !== undefined) this.members.set(member, distance);
  }
}

function isCall(node: Node) {
  return (
    node.type === 'CallExpression' ||
    node.type === 'OptionalCallExpression' ||
    node.type === 'NewExpression'
  );
}

function nameOfKey(key: Node): string | undefined {
  return key.type === 'Identifier' ? key.name : undefined;
}
