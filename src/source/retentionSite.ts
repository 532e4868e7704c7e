import type { Identifier, Node } from '@babel/types';
import type { Position0 } from '../base/position';
import type { Anchor } from '../leaks/leakAnalysis';
import type { SiteRole } from '../leaks/leakReport';
import { findGrowth, memberName, runsRepeatedly, unwrap, type ContainerTest } from './containerUse';
import { literalsLike, makesLeaked, type LeakedValue } from './leakedValue';
import { registrationsOf } from './registration';
import { ScopeAnalysis, type Binding } from './scopes';
import {
  ancestorsOf,
  classAt,
  functionAt,
  isClass,
  startOf,
  walk,
  type SyntaxTree,
} from './syntaxTree';

/** A place in a script that takes part in a leak. */
export interface SyntaxSite {
  readonly role: SiteRole;
  readonly position: Position0;
  /** 0..1, how directly the code at this place explains the leak; comparable between anchors. */
  readonly weight: number;
}

/** A plain assignment that runs once is a declaration, not growth. */
const MIN_GROWTH_WEIGHT = 0.15;

/** Answers "which line?" for one parsed script. */
export class RetentionSites {
  private readonly scopes: ScopeAnalysis;

  constructor(private readonly tree: SyntaxTree) {
    this.scopes = new ScopeAnalysis(tree);
  }

  /** Sites that an anchor leads to in this script, best first. */
  find(anchor: Anchor, leaked: LeakedValue): SyntaxSite[] {
    return this.sitesOf(anchor, leaked).sort((a, b) => b.weight - a.weight);
  }

  /** Literals in this script that make objects like the leaked ones. */
  findLiterals(leaked: LeakedValue): SyntaxSite[] {
    return literalsLike(this.tree, leaked).map((node) => site('allocation', node, 0.5));
  }

  private sitesOf(anchor: Anchor, leaked: LeakedValue): SyntaxSite[] {
    switch (anchor.kind) {
      case 'variable':
        return this.variableSites(anchor.name, anchor.within.position, leaked);
      case 'field':
        return this.fieldSites(anchor.name, anchor.classAt.position, leaked);
      case 'property':
      case 'export':
      case 'global':
        return this.propertySites(anchor.name, this.tree.root, leaked);
      case 'callback':
        return this.callbackSites(anchor.at.position);
      case 'allocation':
        return this.allocationSites(anchor.at.position);
    }
  }

  private variableSites(name: string, within: Position0, leaked: LeakedValue): SyntaxSite[] {
    const closure = functionAt(this.tree, within) ?? this.tree.root.program;
    // A closure's context is the scope it was made in, so its own names come second.
    const outer = this.tree.parentOf.get(closure) ?? closure;
    const binding = this.scopes.resolve(name, outer) ?? this.scopes.resolve(name, closure);
    if (!binding) return this.propertySites(name, this.tree.root, leaked);
    const references = new Set<Node>(this.scopes.referencesTo(binding));
    const grown = this.growthSites((node) => references.has(unwrap(node)), leaked);
    return [...grown, site('retention', declarationLine(this.tree, binding), 0.55)];
  }

  private fieldSites(name: string, at: Position0, leaked: LeakedValue): SyntaxSite[] {
    const owner = classAt(this.tree, at);
    const sites = this.propertySites(name, owner ?? this.tree.root, leaked);
    if (!owner || sites.some((found) => found.role === 'growth')) return sites;
    return [...sites, ...this.propertySites(name, this.tree.root, leaked)];
  }

  /** Uses of `….name` (and of a plain `name` that was taken from one) inside `area`. */
  private propertySites(name: string, area: Node, leaked: LeakedValue): SyntaxSite[] {
    const inArea = area.type === 'File' ? () => true : this.insideTest(area);
    const isMember: ContainerTest = (node) => this.isMember(unwrap(node), name) && inArea(node);
    const sites = this.growthSites(isMember, leaked);
    if (!sites.some((found) => found.weight > 0.6)) {
      sites.push(...this.sameNameSites(name, leaked));
    }
    walk(area, (node) => {
      const declared = declaresMember(node, name);
      const isTaken = this.tree.parentOf.get(node)?.type === 'ObjectPattern';
      if (declared && !isTaken) sites.push(site('retention', declared, 0.5));
    });
    return sites;
  }

  /**
   * `….name`; a variable that was imported or destructured from it; `…[kName]` where V8 calls the
   * property `<symbol name>`.
   */
  private isMember(node: Node, name: string): boolean {
    if (memberName(node) === name) return true;
    if (node.type === 'Identifier') return this.isTakenFrom(node, name);
    const symbol = /^<symbol (.*)>$/.exec(name)?.[1];
    if (symbol === undefined || node.type !== 'MemberExpression' || !node.computed) return false;
    const { property } = node;
    if (property.type !== 'Identifier') return false;
    const declaration = this.scopes.resolve(property.name, property)?.declaration;
    const init = declaration && this.scopes.initialiserOf(declaration);
    return init?.type === 'CallExpression' && init.arguments.some((text) => isText(text, symbol));
  }

  /** True for `local` of `import { name as local }` and of `const { name: local } = …`. */
  private isTakenFrom(node: Identifier, name: string): boolean {
    const declaration = this.scopes.resolve(node.name, node)?.declaration;
    const parent = declaration && this.tree.parentOf.get(declaration);
    if (parent?.type === 'ImportSpecifier') return isNamed(parent.imported, name);
    if (parent?.type !== 'ObjectProperty' || parent.computed) return false;
    return this.tree.parentOf.get(parent)?.type === 'ObjectPattern' && isNamed(parent.key, name);
  }

  /** A variable called like the property: read through a getter or a store. */
  private sameNameSites(name: string, leaked: LeakedValue): SyntaxSite[] {
    const isNamed: ContainerTest = (node) => {
      const bare = unwrap(node);
      return bare.type === 'Identifier' && bare.name === name;
    };
    return this.growthSites(isNamed, leaked).map((found) => ({
      ...found,
      weight: found.weight * 0.85,
    }));
  }

  private growthSites(isContainer: ContainerTest, leaked: LeakedValue): SyntaxSite[] {
    const sites = findGrowth(this.tree, this.scopes, isContainer).map((use) => {
      const matches = use.added.some((added) => makesLeaked(this.scopes, added, leaked));
      const repeated = runsRepeatedly(this.tree, use.node);
      const certainty = matches ? Math.max(use.certainty, 0.7) : use.certainty;
      const weight = certainty * (repeated ? 0.8 : 0.4) + (matches ? 0.2 : 0);
      return site('growth', use.node, weight);
    });
    return sites.filter(({ weight }) => weight >= MIN_GROWTH_WEIGHT);
  }

  private callbackSites(at: Position0): SyntaxSite[] {
    const callback = functionAt(this.tree, at);
    if (!callback) return [];
    const calls = registrationsOf(this.tree, this.scopes, callback);
    if (calls.length === 0) return [site('allocation', callback, 0.4)];
    return calls.map((call) => site('registration', call.node, call.direct ? 0.9 : 0.7));
  }

  private allocationSites(at: Position0): SyntaxSite[] {
    const made = classAt(this.tree, at) ?? functionAt(this.tree, at);
    return made ? [site('allocation', made, 0.3)] : [];
  }

  private insideTest(area: Node): (node: Node) => boolean {
    return (node) => {
      for (const outer of ancestorsOf(this.tree, node)) if (outer === area) return true;
      return false;
    };
  }
}

function site(role: SiteRole, node: Node, weight: number): SyntaxSite {
  return { role, position: startOf(node), weight };
}

/** The declared name, which is on the line to look at even if its statement began above. */
function declarationLine(tree: SyntaxTree, binding: Binding): Node {
  const parent = tree.parentOf.get(binding.declaration);
  return parent && isClass(parent) ? parent : binding.declaration;
}

/** The node to point at if `node` gives an object or class the member `name`. */
function declaresMember(node: Node, name: string): Node | undefined {
  switch (node.type) {
    case 'ClassPrivateProperty':
      return `#${node.key.id.name}` === name ? node : undefined;
    case 'ClassProperty':
    case 'ObjectProperty':
    case 'ClassAccessorProperty': {
      const { key } = node;
      const byName = key.type === 'StringLiteral' || !node.computed;
      return byName && isNamed(key, name) ? node : undefined;
    }
    case 'TSParameterProperty':
      return parameterName(node.parameter) === name ? node : undefined;
    case 'AssignmentExpression':
      return memberName(node.left) === name ? node : undefined;
    default:
      return undefined;
  }
}

function parameterName(parameter: Node): string | undefined {
  const id = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return id.type === 'Identifier' ? id.name : undefined;
}

/** True for a key that is written as an identifier or a string. */
function isNamed(key: Node, name: string): boolean {
  return key.type === 'Identifier' ? key.name === name : isText(key, name);
}

function isText(node: Node, text: string): boolean {
  return node.type === 'StringLiteral' && node.value === text;
}
