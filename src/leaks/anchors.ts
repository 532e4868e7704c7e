import { position0 } from '../base/position';
import type { HeapSnapshot } from '../heap/heapSnapshot';
import type { Anchor, CodePosition } from './leakAnalysis';
import { isEphemeronEdge } from './edgeWords';
import { isListenerEdge } from './leakShape';
import { coreClassesBelow } from './coreClasses';
import { entersModule, moduleLoadAnchor } from './moduleCaches';
import { commonJsFile, commonJsModuleExporting, moduleExportIn } from './moduleExports';
import type { NodeKinds } from './nodeKinds';
import { levelsBelow } from './objectsBelow';
import type { ChainLink } from './retainingChain';
import { scopeVariable } from './scopeVariable';

/** Holders of an object that are looked at. */
const MAX_SEARCHED = 600;
/** Two names above the container are enough: what holds it, and what holds that. */
const MAX_HOLDERS = 3;
/** Links looked at above the container: what is farther up has no part in it. */
const MAX_CLIMB = 100;

/** The private symbols of Node.js, by which no program can reach anything. */
const PRIVATE_SYMBOL = /^<symbol node:/;

/** Turns a retaining chain into places to look for in the source. */
export class AnchorFinder {
  private readonly scripts;

  constructor(
    private readonly snapshot: HeapSnapshot,
    private readonly kinds: NodeKinds,
  ) {
    this.scripts = snapshot.scripts();
  }

  /**
   * The names by which the container is held, the one nearest to it first: fields, variables,
   * exports. Names inside Node.js itself are passed over.
   * @param chain From the root to the container.
   */
  holders(chain: readonly ChainLink[]): Anchor[] {
    const found: Anchor[] = [];
    const top = Math.max(0, chain.length - 1 - MAX_CLIMB);
    for (let i = chain.length - 1; i > top && found.length < MAX_HOLDERS; i--) {
      const anchor = this.holderAnchor(chain, i);
      if (!anchor) continue;
      found.push(anchor);
      if (anchor.kind !== 'field' && anchor.kind !== 'property') break;
    }
    return found;
  }

  /** What a developer calls the object of this link: by a variable, field, property or export. */
  nameOf(link: ChainLink): string | undefined {
    const { graph } = this.snapshot;
    const type = link.edge < 0 ? '' : graph.edgeType(link.edge);
    if (type === 'property') return graph.edgeName(link.edge);
    const variable = type && scopeVariable(graph, link.holder, link.edge);
    if (variable) return variable;
    const anchor = this.exportAnchor(link) ?? this.weakMapAnchor(link);
    return anchor && 'name' in anchor ? anchor.name : undefined;
  }

  /** In a linked list: the field by which an element holds the next of its kind. */
  listLink(chain: readonly ChainLink[]): Anchor[] {
    const { graph } = this.snapshot;
    const { holder, edge, node } = chain[chain.length - 1];
    if (holder < 0 || graph.edgeType(edge) !== 'property') return [];
    if (graph.nodeName(holder) !== graph.nodeName(node)) return [];
    const anchor = this.memberAnchor(chain, chain.length - 1, graph.edgeName(edge));
    return anchor ? [anchor] : [];
  }

  /**
   * The functions that an object is, or keeps for later: listeners, timer callbacks, reactions.
   * @param chain From the root to the object.
   */
  callbacks(chain: readonly ChainLink[]): Anchor[] {
    const unit = chain[chain.length - 1].node;
    for (const level of levelsBelow(this.snapshot, this.kinds, unit, above(chain))) {
      const found = level.map((node) => this.callbackAnchor(node));
      const known = found.filter((anchor) => anchor !== undefined);
      if (known.length > 0) return known;
    }
    return [];
  }

  /**
   * What loads modules, if those or their names pile up in a loader of Node.js.
   * @param chain From the root to the container.
   * @param unit One of the objects that pile up.
   */
  loads(chain: readonly ChainLink[], unit: number): Anchor[] {
    const scriptOf = (node: number) => this.anyCode(node)?.scriptId;
    for (let i = chain.length - 1; i > Math.max(0, chain.length - 1 - MAX_CLIMB); i--) {
      if (entersModule(this.snapshot, chain[i])) return [];
      const anchor = moduleLoadAnchor(this.snapshot, chain[i], scriptOf, unit);
      if (anchor) return [anchor];
      if (this.holderAnchor(chain, i)) return [];
    }
    return [];
  }

  /**
   * What makes the objects of Node.js that came with each leaked one.
   * @param chain From the root to one of the examples.
   */
  constructions(examples: readonly number[], chain: readonly ChainLink[]): Anchor[] {
    const classNames = coreClassesBelow(this.snapshot, this.kinds, examples, above(chain));
    return classNames.length > 0 ? [{ kind: 'construction', classNames }] : [];
  }

  /** The class of a leaked instance, if a developer wrote it. */
  allocation(unit: number): Anchor[] {
    const at = this.kinds.isCallable(unit) ? undefined : this.codeOf(unit);
    return at ? [{ kind: 'allocation', at }] : [];
  }

  /** Start of the closure or constructor that `node` has, unless it is code of Node.js. */
  codeOf(node: number): CodePosition | undefined {
    const code = this.anyCodeOf(node);
    return code && this.isUserScript(code.scriptId) ? code : undefined;
  }

  /** A suspended call keeps the registers that it will go on with. */
  private callbackAnchor(node: number): Anchor | undefined {
    const suspended =
      this.snapshot.graph.findEdge(node, 'parameters_and_registers', 'internal') >= 0;
    const at = suspended || this.kinds.isCallable(node) ? this.codeOf(node) : undefined;
    return at && { kind: suspended ? 'suspended' : 'callback', at };
  }

  private anyCodeOf(node: number): CodePosition | undefined {
    const location = this.snapshot.graph.location(node);
    if (!location) return undefined;
    return {
      scriptId: location.scriptId,
      position: position0(location.line, location.column),
    };
  }

  /** Of a closure, an instance or a scope, Node.js included. */
  private anyCode(node: number): CodePosition | undefined {
    const find = (closure: number) => this.anyCodeOf(closure);
    return this.kinds.isContext(node) ? this.codeUsing(node, find) : find(node);
  }

  private holderAnchor(chain: readonly ChainLink[], at: number): Anchor | undefined {
    const { graph } = this.snapshot;
    const { edge, holder } = chain[at];
    const variable = scopeVariable(graph, holder, edge);
    if (variable !== undefined) {
      const within = this.codeUsing(holder);
      return within && { kind: 'variable', name: variable, within };
    }
    if (graph.edgeType(edge) !== 'property') {
      return this.exportAnchor(chain[at]) ?? this.weakMapAnchor(chain[at]);
    }
    const name = graph.edgeName(edge);
    if (isListenerEdge(name) || PRIVATE_SYMBOL.test(name)) return undefined;
    return this.memberAnchor(chain, at, name);
  }

  /** A variable that an ECMAScript module exports; V8 holds it outside of the module's scope. */
  private exportAnchor({ node, lastEdge }: ChainLink): Anchor | undefined {
    const { graph, retainers } = this.snapshot;
    const first = retainers.firstRetainerOf[node];
    for (const [i, edge] of retainers.edgesTo(node).entries()) {
      if (edge !== lastEdge) continue;
      const cell = retainers.retainingNodeOf[first + i];
      const found = graph.nodeName(cell) === 'system / Cell' && moduleExportIn(this.snapshot, cell);
      const within = found && found.scope >= 0 ? this.codeUsing(found.scope) : undefined;
      if (found && within) return { kind: 'variable', name: found.name, within };
    }
    return undefined;
  }

  /**
   * The variable of the WeakMap that ties a value to its key. Compilers make private fields so.
   */
  private weakMapAnchor({ node, edge }: ChainLink): Anchor | undefined {
    const { graph } = this.snapshot;
    if (edge < 0 || !isEphemeronEdge(graph.edgeName(edge))) return undefined;
    for (const table of this.holdersOf(node, () => true)) {
      for (const map of this.holdersOf(table, (name) => name === 'table')) {
        if (graph.nodeName(map) !== 'WeakMap') continue;
        const found = this.variableOf(map);
        if (found) return found;
      }
    }
    return undefined;
  }

  private variableOf(object: number): Anchor | undefined {
    const { graph, retainers } = this.snapshot;
    const first = retainers.firstRetainerOf[object];
    for (const [i, edge] of retainers.edgesTo(object).entries()) {
      if (graph.edgeType(edge) !== 'context') continue;
      const within = this.codeUsing(retainers.retainingNodeOf[first + i]);
      if (within) return { kind: 'variable', name: graph.edgeName(edge), within };
    }
    return undefined;
  }

  private holdersOf(node: number, accept: (edgeName: string) => boolean): number[] {
    const { graph, retainers } = this.snapshot;
    const holders: number[] = [];
    const first = retainers.firstRetainerOf[node];
    for (const [i, edge] of retainers.edgesTo(node).subarray(0, MAX_SEARCHED).entries()) {
      if (accept(graph.edgeName(edge))) holders.push(retainers.retainingNodeOf[first + i]);
    }
    return holders;
  }

  private memberAnchor(chain: readonly ChainLink[], at: number, name: string): Anchor | undefined {
    const { graph } = this.snapshot;
    const { holder } = chain[at];
    if (this.kinds.isGlobal(holder)) return { kind: 'global', name };
    const filename = commonJsModuleExporting(this.snapshot, holder);
    if (filename !== undefined) return { kind: 'export', name, filename };
    const ofModule = name === 'exports' ? commonJsFile(this.snapshot, holder) : undefined;
    if (ofModule !== undefined) return { kind: 'export', name, filename: ofModule };
    const code = this.codeOf(holder);
    if (code && graph.nodeType(holder) === 'object') return { kind: 'field', name, classAt: code };
    const near = code ?? this.nearestCode(chain, at);
    return near && { kind: 'property', name, near };
  }

  /** A user function whose scope `context` is, or that was made in a scope inside of it. */
  private codeUsing(
    context: number,
    codeOf = (closure: number) => this.codeOf(closure),
  ): CodePosition | undefined {
    const { graph, retainers } = this.snapshot;
    const seen = new Set([context]);
    const queue = [context];
    for (let at = queue.shift(); at !== undefined && seen.size < MAX_SEARCHED; at = queue.shift()) {
      const first = retainers.firstRetainerOf[at];
      for (const [i, edge] of retainers.edgesTo(at).entries()) {
        const name = graph.edgeName(edge);
        const holder = retainers.retainingNodeOf[first + i];
        if (name === 'context') {
          const code = codeOf(holder);
          if (code) return code;
        } else if (name === 'previous' && !seen.has(holder)) {
          seen.add(holder);
          queue.push(holder);
        }
      }
    }
    return undefined;
  }

  private nearestCode(chain: readonly ChainLink[], at: number): CodePosition | undefined {
    for (let i = at; i > Math.max(0, at - MAX_CLIMB); i--) {
      const { holder } = chain[i];
      const code =
        this.codeOf(holder) ?? this.contextCode(holder) ?? this.exportingCode(chain[i - 1]);
      if (code) return code;
    }
    return undefined;
  }

  private exportingCode(link: ChainLink): CodePosition | undefined {
    const exported = this.exportAnchor(link);
    return exported?.kind === 'variable' ? exported.within : undefined;
  }

  private contextCode(node: number): CodePosition | undefined {
    return this.kinds.isContext(node) ? this.codeUsing(node) : undefined;
  }

  private isUserScript(scriptId: number): boolean {
    const url = this.scripts.get(scriptId)?.url ?? '';
    return url !== '' && !url.startsWith('node:') && !url.startsWith('internal/');
  }
}

function above(chain: readonly ChainLink[]): number[] {
  return chain.slice(0, -1).map(({ node }) => node);
}
