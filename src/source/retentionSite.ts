import type { Identifier, Node } from '@babel/types';
import type { Position0 } from '../base/position';
import type { Anchor } from '../leaks/leakAnalysis';
import type { SiteRole } from '../leaks/leakReport';
import { classParts } from './constructorFunction';
import { constructionsOf } from './construction';
import { boundBeforeAdding, type Bound } from './containerBound';
import { findRemovals } from './containerRemoval';
import { findGrowth } from './containerGrowth';
import { memberName, runsRepeatedly, unwrap, type ContainerTest } from './containerUse';
import { exportedLocal, isDefaultExportOf, type ModuleTest } from './importedModule';
import { isFixedLength, literalsLike, makesLeaked, type LeakedValue } from './leakedValue';
import { declaresMember, isNamed, isText, privateFieldOf } from './memberDeclaration';
import { moduleLoads } from './moduleLoads';
import { registrationsOf } from './registration';
import { ScopeAnalysis, type Binding } from './scopes';
import { waitsIn } from './suspendedCall';
import { unregistrationsOf } from './unregistration';
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
  /** Of a removal: there if it keeps the whole container below a limit. */
  readonly bound?: Bound;
}

/** Removals explain nothing, they stand in for what is missing. */
const REMOVAL_WEIGHT = 0.1;
/** A plain assignment that runs once is a declaration, not growth. */
const MIN_GROWTH_WEIGHT = 0.15;
/** From here on a line fills the container in the course of the program's work. */
const MIN_FILLING_WEIGHT = 0.4;

/** Answers "which line?" for one parsed script. */
export class RetentionSites {
  readonly scopes: ScopeAnalysis;

  constructor(readonly tree: SyntaxTree) {
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

  /** Uses of the default export (or all of `module.exports`) of another module. */
  findDefaultExport(isModule: ModuleTest, leaked: LeakedValue): SyntaxSite[] {
    const isExport = isDefaultExportOf(this.tree, this.scopes, isModule);
    return this.useSites(isExport, leaked, true);
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
        return this.propertySites(anchor.name, [this.tree.root], leaked);
      case 'callback':
        return this.callbackSites(anchor.at.position);
      case 'suspended':
        return this.suspendedSites(anchor.at.position);
      case 'allocation':
        return this.allocationSites(anchor.at.position);
      case 'construction':
        return anchor.classNames.flatMap((name, at) => this.constructionSites(name, at));
      case 'load':
        return this.loadSites(anchor.loaded);
    }
  }

  private variableSites(name: string, within: Position0, leaked: LeakedValue): SyntaxSite[] {
    const closure = functionAt(this.tree, within) ?? this.tree.root.program;
    // A closure's context is the scope it was made in, so its own names come second.
    const outer = this.tree.parentOf.get(closure) ?? closure;
    const binding =
      this.scopes.resolve(name, outer) ?? this.scopes.resolve(name, closure) ?? this.exported(name);
    if (!binding) {
      const unnamed = exportedLocal(this.tree, name);
      return unnamed
        ? [site('retention', unnamed, 0.55)]
        : this.propertySites(name, [this.tree.root], leaked);
    }
    const references = new Set<Node>(this.scopes.referencesTo(binding));
    const grown = this.useSites(
      (node) => references.has(unwrap(node)),
      leaked,
      this.scopes.initialiserOf(binding.declaration) !== undefined,
    );
    const declared =
      privateFieldOf(this.tree, this.scopes, references) ?? declarationLine(this.tree, binding);
    return [...grown, site('retention', declared, 0.55)];
  }

  /** `export { binding as name }`, `export default binding` */
  private exported(name: string): Binding | undefined {
    const local = exportedLocal(this.tree, name);
    return local?.type === 'Identifier' ? this.scopes.resolve(local.name, local) : undefined;
  }

  private fieldSites(name: string, at: Position0, leaked: LeakedValue): SyntaxSite[] {
    const own = classParts(this.tree, this.scopes, at);
    const everywhere = [this.tree.root];
    const sites = own.length > 0 ? this.propertySites(name, own, leaked) : [];
    const isFilled = sites.some(
      ({ role, weight }) => role === 'growth' && weight > MIN_FILLING_WEIGHT,
    );
    if (isFilled) return sites;
    const known = new Set(sites.map(({ position: { line, column } }) => `${line}:${column}`));
    const others = this.propertySites(name, everywhere, leaked).filter(
      ({ position: { line, column } }) => !known.has(`${line}:${column}`),
    );
    return [...sites, ...others];
  }

  /** Uses of `….name` (and of a plain `name` that was taken from one) inside these nodes. */
  private propertySites(name: string, area: readonly Node[], leaked: LeakedValue): SyntaxSite[] {
    const inArea = area.includes(this.tree.root) ? () => true : this.insideTest(area);
    const isMember: ContainerTest = (node) => this.isMember(unwrap(node), name) && inArea(node);
    const declarations = area.flatMap((part) => this.declarationsIn(part, name));
    const isDeclared = declarations.some(({ type }) => type !== 'AssignmentExpression');
    const sites = this.useSites(isMember, leaked, isDeclared);
    if (!sites.some((found) => found.weight > 0.6)) {
      sites.push(...this.sameNameSites(name, leaked));
    }
    return [...sites, ...declarations.map((node) => site('retention', node, 0.5))];
  }

  private declarationsIn(area: Node, name: string): Node[] {
    const found: Node[] = [];
    walk(area, (node) => {
      const isTaken = this.tree.parentOf.get(node)?.type === 'ObjectPattern';
      if (declaresMember(node, name) && !isTaken) found.push(node);
    });
    return found;
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
    return this.useSites(isNamed, leaked, true).map((found) => ({
      ...found,
      weight: found.weight * 0.85,
    }));
  }

  /** Where the container is filled, and where it is emptied. */
  private useSites(
    isContainer: ContainerTest,
    leaked: LeakedValue,
    isDeclared: boolean,
  ): SyntaxSite[] {
    const grown = findGrowth(this.tree, this.scopes, isContainer, isFixedLength(leaked))
      .map(({ node, added, certainty, direct }) => {
        const matches = added.some((value) => makesLeaked(this.scopes, value, leaked));
        const repeated = runsRepeatedly(this.tree, node);
        const passesBy = direct && leaked.isNested && !matches;
        const likely = matches ? Math.max(certainty, 0.7) : certainty * (passesBy ? 0.9 : 1);
        return { node, weight: likely * (repeated ? 0.8 : 0.4) + (matches ? 0.2 : 0) };
      })
      .filter(({ weight }) => weight >= MIN_GROWTH_WEIGHT);
    return [
      ...grown.map(({ node, weight }) => site('growth', node, weight)),
      ...this.removalSites(isContainer, isDeclared),
      ...this.boundsBefore(
        grown.filter(({ weight }) => weight > MIN_FILLING_WEIGHT).map(({ node }) => node),
        isContainer,
      ),
    ];
  }

  private removalSites(isContainer: ContainerTest, isDeclared: boolean): SyntaxSite[] {
    const removals = findRemovals(this.tree, this.scopes, isContainer, isDeclared);
    return removals.map(({ node, bound }) => ({
      ...site('removal', node, REMOVAL_WEIGHT),
      ...(bound && { bound }),
    }));
  }

  /** Checks that let nothing in any more: they bound a container only if no line goes past them. */
  private boundsBefore(adding: readonly Node[], isContainer: ContainerTest): SyntaxSite[] {
    const checks = adding.flatMap(
      (node) => boundBeforeAdding(this.tree, this.scopes, node, isContainer) ?? [],
    );
    if (checks.length < adding.length) return [];
    return checks.map(({ test, bound }) => ({ ...site('removal', test, REMOVAL_WEIGHT), bound }));
  }

  private callbackSites(at: Position0): SyntaxSite[] {
    const callback = functionAt(this.tree, at);
    if (!callback) return [];
    const calls = registrationsOf(this.tree, this.scopes, callback);
    if (calls.length === 0) return [site('allocation', callback, 0.4)];
    const registered = calls.map(({ node, direct }) =>
      site('registration', node, direct ? 0.9 : 0.7),
    );
    const ended = calls
      .flatMap(({ node }) => unregistrationsOf(this.tree, this.scopes, node))
      .map((node) => site('removal', node, REMOVAL_WEIGHT));
    return [...registered, ...ended];
  }

  private allocationSites(at: Position0): SyntaxSite[] {
    const made = classAt(this.tree, at) ?? functionAt(this.tree, at);
    return made ? [site('allocation', made, 0.3)] : [];
  }

  /** Where a suspended call waits, if it can wait in one place only. */
  private suspendedSites(at: Position0): SyntaxSite[] {
    const made = functionAt(this.tree, at);
    if (!made) return [];
    const waits = waitsIn(this.tree, made);
    return waits.length === 1 ? [site('growth', waits[0], 0.6)] : [site('allocation', made, 0.4)];
  }

  /** @param at How many other classes are nearer to what leaks. */
  private constructionSites(className: string, at: number): SyntaxSite[] {
    return constructionsOf(this.tree, className).map((node) =>
      site('allocation', node, (runsRepeatedly(this.tree, node) ? 0.7 : 0.2) - at * 0.02),
    );
  }

  private loadSites(file: string | undefined): SyntaxSite[] {
    return moduleLoads(this.tree, this.scopes, file).map(({ node, varies, repeated }) =>
      site('growth', node, (repeated ? 0.7 : 0.3) + (varies ? 0.1 : 0)),
    );
  }

  private insideTest(area: readonly Node[]): (node: Node) => boolean {
    const parts = new Set(area);
    return (node) => {
      for (const outer of ancestorsOf(this.tree, node)) if (parts.has(outer)) return true;
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
