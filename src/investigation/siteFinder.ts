import path from 'node:path';
import { toBase1, type Position0 } from '../base/position';
import type {
  Anchor,
  CodePosition,
  LeakAnalysis,
  ScriptInfo,
  Suspect,
} from '../leaks/leakAnalysis';
import type { Site, UnmappedUrl } from '../leaks/leakReport';
import type { Bound } from '../source/containerBound';
import { isWholeExport } from '../source/importedModule';
import type { MappedUrl, PathRules } from '../source/pathMapper';
import { isNodeInternal, packageOf, relativeToRoot } from '../source/pathMapping';
import type { LeakedValue } from '../source/leakedValue';
import { RetentionSites, type SyntaxSite } from '../source/retentionSite';
import { ScriptSources, type LiveSource, type LoadedScript } from '../source/scriptSources';
import { locationOf } from '../source/targetLocation';
import { parseSyntaxTree, type SyntaxTree } from '../source/syntaxTree';
import type { SourcePlace } from './investigation';
import { withoutPlace, wordsOf } from './unplacedAnchor';
import { originalNameAt } from './originalNames';

/** Each anchor further from the container explains the leak less well. */
const ANCHOR_DISCOUNT = 0.1;
/** What is found by name in another file than the anchor's may be a namesake. */
const OTHER_FILE_DISCOUNT = 0.15;
/** Below this a site in the anchor's own file does not rule out a better one elsewhere. */
const CONVINCING = 0.6;
/** Scripts searched by name when the anchor's own script does not tell. */
const MAX_SEARCHED_SCRIPTS = 400;

/** A site with what is known about it besides. */
export interface WeighedSite {
  readonly site: Site;
  readonly scriptId: number;
  /** 0..1, comparable between the sites of one suspect. */
  readonly weight: number;
  /** What led there; undefined for literals that look like what leaked, and for callers. */
  readonly anchor?: Anchor;
  /** Of a removal: there if it keeps the whole container below a limit. */
  readonly bound?: Bound;
  /** Name in the original source of what is declared there; undefined if no source map applies. */
  readonly originalName?: string;
  /** Why the line may be off, as a sentence. */
  readonly doubt?: string;
}

/** Looks for the lines behind anchors: code positions of the heap → syntax → original file. */
export class SiteFinder {
  private readonly scriptById = new Map<number, ScriptInfo>();
  private readonly sources: ScriptSources;
  private readonly syntax = new Map<number, RetentionSites | undefined>();
  /** Absolute paths of files that are not what ran. */
  private readonly differing = new Set<string>();
  private readonly trees = new Map<number, Promise<SyntaxTree | undefined>>();

  constructor(
    private readonly analysis: Pick<LeakAnalysis, 'scripts'>,
    private readonly root: string,
    live?: LiveSource,
    paths?: PathRules,
  ) {
    for (const script of analysis.scripts) this.scriptById.set(script.scriptId, script);
    this.sources = new ScriptSources(root, live, paths);
  }

  /** All sites of a suspect, unsorted. */
  async find(suspect: Suspect): Promise<WeighedSite[]> {
    const weighed: WeighedSite[] = [];
    for (const [index, anchor] of suspect.anchors.entries()) {
      if (anchor.kind === 'construction' && weighed.some(isConvincing)) continue;
      const found = await this.sitesOf(anchor, suspect, index * ANCHOR_DISCOUNT);
      // What holds the holder explains less: where it is filled is another matter.
      const settled = weighed.some(isConvincing);
      const kept = settled ? found.filter(({ site }) => site.role !== 'growth') : found;
      weighed.push(...kept.map((site) => ({ ...site, anchor })));
    }
    if (!weighed.some(isConvincing)) {
      weighed.push(...(await this.literalSites(suspect)));
    }
    return weighed;
  }

  /** The file and line of a code position; undefined for Node.js itself and code without a file. */
  async locate(code: CodePosition): Promise<SourcePlace | undefined> {
    const script = await this.load(code.scriptId);
    const place = script && (await this.sources.placeOf(script, code.position));
    if (!place) return undefined;
    const { line, column } = toBase1(place.position);
    return { file: place.file, line, column, ...unmapped(place.unmapped) };
  }

  /** True for a file, by its absolute path, of which a site was found that may be off. */
  differs(file: string): boolean {
    return this.differing.has(file);
  }

  /** The code at a position, unless the process and the file have it no more. */
  async load(scriptId: number): Promise<LoadedScript | undefined> {
    const info = this.scriptById.get(scriptId);
    if (!info || isNodeInternal(info.url)) return undefined;
    const script = await this.sources.load(info);
    if (script.text !== undefined || !script.changedOnDisk) return script;
    return (await this.sources.loadChanged(info)) ?? script;
  }

  async syntaxOf(scriptId: number): Promise<RetentionSites | undefined> {
    if (!this.syntax.has(scriptId)) {
      const tree = await this.treeOf(scriptId);
      this.syntax.set(scriptId, tree && new RetentionSites(tree));
    }
    return this.syntax.get(scriptId);
  }

  treeOf(scriptId: number): Promise<SyntaxTree | undefined> {
    let tree = this.trees.get(scriptId);
    if (!tree) this.trees.set(scriptId, (tree = this.parse(scriptId)));
    return tree;
  }

  private async parse(scriptId: number): Promise<SyntaxTree | undefined> {
    const script = await this.load(scriptId);
    return script?.text ? parseSyntaxTree(script.text, script.info.url) : undefined;
  }

  /** A place in a script that ran as the site of an allocation. */
  async allocationSite(scriptId: number, position: Position0): Promise<Site | undefined> {
    const found = { role: 'allocation', position, weight: 1 } as const;
    return (await this.toSites(scriptId, [found], 0))[0]?.site;
  }

  homeOf(anchor: Anchor): number | undefined {
    switch (anchor.kind) {
      case 'variable':
        return anchor.within.scriptId;
      case 'field':
        return anchor.classAt.scriptId;
      case 'property':
        return anchor.near.scriptId;
      case 'export':
        return this.scriptOf(anchor.filename);
      case 'load':
        return this.scriptOf(anchor.loader);
      default:
        return 'at' in anchor ? anchor.at.scriptId : undefined;
    }
  }

  private scriptOf(file = ''): number | undefined {
    const location = locationOf(file);
    if (location === undefined) return undefined;
    return this.analysis.scripts.find(({ url }) => locationOf(url) === location)?.scriptId;
  }

  /** The project's own scripts before its dependencies, and never Node.js itself. */
  scriptsByPreference(): ScriptInfo[] {
    const own = ({ url }: ScriptInfo) => Number(packageOf(url) !== undefined);
    return this.analysis.scripts
      .filter(({ url }) => !isNodeInternal(url) && locationOf(url) !== undefined)
      .sort((a, b) => own(a) - own(b))
      .slice(0, MAX_SEARCHED_SCRIPTS);
  }

  async textOf(scriptId: number): Promise<string> {
    return (await this.load(scriptId))?.text ?? '';
  }

  /** Places of the code that ran as sites of the report; those without a file are left out. */
  async toSites(
    scriptId: number,
    found: readonly SyntaxSite[],
    discount: number,
  ): Promise<WeighedSite[]> {
    const script = await this.load(scriptId);
    if (!script) return [];
    const sites: WeighedSite[] = [];
    for (const { role, position, weight, bound } of found) {
      const place = await this.sources.placeOf(script, position);
      if (!place) continue;
      const { line, column } = toBase1(place.position);
      const generated = toBase1(position);
      const site: Site = {
        role,
        file: relativeToRoot(this.root, place.file),
        line,
        column,
        text: place.text.split(/\r?\n/, line)[line - 1]?.trim() ?? '',
        generated: { url: script.info.url, line: generated.line, column: generated.column },
        ...unmapped(place.unmapped),
      };
      const isGenerated = place.file === script.file || place.unmapped === script.mapped;
      const originalName = isGenerated ? undefined : originalNameAt(place);
      const doubt = this.doubtAbout(script, site, place.edited);
      if (doubt !== undefined) this.differing.add(place.file);
      sites.push({
        ...{ site, scriptId, weight: weight - discount },
        ...(bound && { bound }),
        ...(originalName !== undefined && { originalName }),
        ...(doubt !== undefined && { doubt }),
      });
    }
    return sites;
  }

  private doubtAbout(script: LoadedScript, site: Site, edited: boolean): string | undefined {
    if (script.changedOnDisk && script.file) {
      const file = relativeToRoot(this.root, script.file);
      return `${file} changed since it ran; the line may be off.`;
    }
    return edited ? `${site.file} changed since it was compiled; the line may be off.` : undefined;
  }

  private async sitesOf(
    anchor: Anchor,
    suspect: Suspect,
    discount: number,
  ): Promise<WeighedSite[]> {
    const home = this.homeOf(anchor);
    const found = home === undefined ? [] : await this.sitesIn(home, anchor, suspect, discount);
    if ('at' in anchor) return found;
    if (found.some(({ weight }) => weight > CONVINCING - discount)) return found;
    const elsewhere = discount + OTHER_FILE_DISCOUNT;
    const exporting = this.exportingFile(anchor);
    if (exporting !== undefined) {
      return [...found, ...(await this.importersOf(exporting, suspect, elsewhere))];
    }
    const anywhere = withoutPlace(anchor);
    // What has no home can be anywhere, but in a dependency it is less likely the program's doing.
    const isHomeless = home === undefined && !('name' in anchor);
    for await (const { scriptId, url } of this.scriptsWith(wordsOf(anchor))) {
      if (scriptId === home) continue;
      const less = isHomeless && packageOf(url) === undefined ? discount : elsewhere;
      found.push(...(await this.sitesIn(scriptId, anywhere, suspect, less)));
    }
    return found;
  }

  private async *scriptsWith(words: readonly string[]): AsyncGenerator<ScriptInfo> {
    for (const script of this.scriptsByPreference()) {
      const text = await this.textOf(script.scriptId);
      if (words.some((word) => text.includes(word))) yield script;
    }
  }

  /** Of a module that is imported as a whole. V8 forgets the script of one without functions. */
  private exportingFile(anchor: Anchor): string | undefined {
    if (!isWholeExport(anchor)) return undefined;
    if (anchor.kind === 'export') return anchor.filename;
    const url = this.scriptById.get(this.homeOf(anchor) ?? -1)?.url;
    return url === undefined ? undefined : locationOf(url);
  }

  /** A default export has as many names as it has importers. */
  private async importersOf(
    file: string,
    suspect: Suspect,
    discount: number,
  ): Promise<WeighedSite[]> {
    const { name } = path.parse(file);
    const isHome = (specifier: string) => path.parse(specifier).name === name;
    const found: WeighedSite[] = [];
    for await (const { scriptId } of this.scriptsWith([name])) {
      const syntax = await this.syntaxOf(scriptId);
      const uses = syntax?.findDefaultExport(isHome, leakedOf(suspect)) ?? [];
      found.push(...(await this.toSites(scriptId, uses, discount)));
    }
    return found;
  }

  private async literalSites(suspect: Suspect): Promise<WeighedSite[]> {
    const [first] = suspect.leakedKeys;
    if (first === undefined) return [];
    const found: WeighedSite[] = [];
    for await (const { scriptId } of this.scriptsWith([first])) {
      const literals = (await this.syntaxOf(scriptId))?.findLiterals(leakedOf(suspect)) ?? [];
      found.push(...(await this.toSites(scriptId, literals, 0)));
    }
    return found;
  }

  private async sitesIn(
    scriptId: number,
    anchor: Anchor,
    suspect: Suspect,
    discount: number,
  ): Promise<WeighedSite[]> {
    const lookup = await this.withoutStalePlace(scriptId, anchor);
    const found = lookup && (await this.syntaxOf(scriptId))?.find(lookup, leakedOf(suspect));
    return this.toSites(scriptId, found ?? [], discount);
  }

  /** Where only another version of the file is left, names still hold, but no position does. */
  private async withoutStalePlace(scriptId: number, anchor: Anchor): Promise<Anchor | undefined> {
    const info = this.scriptById.get(scriptId);
    const ran = info && (await this.sources.load(info));
    if (!ran?.changedOnDisk || ran.text !== undefined) return anchor;
    return 'at' in anchor ? undefined : withoutPlace(anchor);
  }
}

function unmapped(mapped: MappedUrl | undefined): { unmapped?: UnmappedUrl } {
  return mapped ? { unmapped: { url: mapped.url, tried: mapped.tried } } : {};
}

function isConvincing({ weight }: WeighedSite): boolean {
  return weight > CONVINCING;
}

function leakedOf({ className, leakedKeys, countPerRound, path }: Suspect): LeakedValue {
  const [outer, inner] = path.slice(-2).map(({ edge }) => isElementEdge(edge));
  return {
    className,
    keys: leakedKeys,
    isNested: outer && inner,
    isOneObject: countPerRound === 0,
  };
}

/** True for what leads from a container to what is in it. */
function isElementEdge(edge: string): boolean {
  return edge.startsWith('entry') || edge.startsWith('[');
}
