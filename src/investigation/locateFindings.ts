import type { AllocationProfile } from '../base/allocationProfile';
import type {
  Anchor,
  CodePosition,
  LeakAnalysis,
  ScriptInfo,
  Suspect,
} from '../leaks/leakAnalysis';
import type { Finding, LeakReport, PathStep, Site } from '../leaks/leakReport';
import { memoryHeadline } from './memoryHeadline';
import { toBase1 } from '../base/position';
import { isNodeInternal, relativeToRoot, scriptUrlToPath } from '../source/pathMapping';
import { RetentionSites, type SyntaxSite } from '../source/retentionSite';
import { ScriptSources, type LiveSource, type LoadedScript } from '../source/scriptSources';
import { parseSyntaxTree, type SyntaxTree } from '../source/syntaxTree';
import { AllocationWitness } from './allocationWitness';
import type { SourcePlace } from './investigation';

/** Each anchor further from the container explains the leak less well. */
const ANCHOR_DISCOUNT = 0.1;
/** What is found by name in another file than the anchor's may be a namesake. */
const OTHER_FILE_DISCOUNT = 0.15;
/** Below this a site in the anchor's own file does not rule out a better one elsewhere. */
const CONVINCING = 0.6;
const MAX_SITES = 8;
/** Scripts searched by name when the anchor's own script does not tell. */
const MAX_SEARCHED_SCRIPTS = 400;

interface WeighedSite {
  readonly site: Site;
  readonly weight: number;
}

/** Finds the source lines of suspects: code positions of the heap → syntax → original file. */
export class FindingLocator {
  private readonly scriptById = new Map<number, ScriptInfo>();
  private readonly sources: ScriptSources;
  private readonly syntax = new Map<number, RetentionSites | undefined>();
  private readonly trees = new Map<number, Promise<SyntaxTree | undefined>>();
  private readonly witness: AllocationWitness;

  /**
   * @param root Absolute; files are reported relative to it.
   * @param live Gives the code that runs, if the process is still at hand.
   * @param allocations What is known of who made what is alive.
   */
  constructor(
    private readonly analysis: LeakAnalysis,
    private readonly root: string,
    live?: LiveSource,
    allocations: AllocationProfile = { stacks: [] },
  ) {
    for (const script of analysis.scripts) this.scriptById.set(script.scriptId, script);
    this.sources = new ScriptSources(root, live);
    this.witness = new AllocationWitness(allocations, {
      scripts: analysis.scripts,
      treeOf: (scriptId) => this.parse(scriptId),
      allocationSite: async (scriptId, position) => {
        const found = { role: 'allocation', position, weight: 1 } as const;
        return (await this.toSites(scriptId, [found], 0))[0]?.site;
      },
    });
  }

  async report(notices: readonly string[]): Promise<LeakReport> {
    const findings: Finding[] = [];
    for (const suspect of this.analysis.suspects) {
      findings.push(await this.locateSuspect(suspect, findings.length + 1));
    }
    const { heapBytes, externalBytes } = this.analysis;
    const memory = heapBytes.map((bytes, index) => ({
      heapBytes: bytes - externalBytes[index],
      externalBytes: externalBytes[index],
    }));
    const headline = memoryHeadline(memory, findings.length > 0);
    return {
      schemaVersion: 1,
      verdict: this.analysis.verdict,
      rounds: this.analysis.rounds,
      heapBytes: this.analysis.heapBytes,
      memory,
      ...(headline !== undefined && { headline }),
      findings,
      notices: [...notices, ...(await this.changedFiles(findings))],
    };
  }

  /** The file and line of a code position; undefined for Node.js itself and code without a file. */
  async locate(code: CodePosition): Promise<SourcePlace | undefined> {
    const script = await this.load(code.scriptId);
    const place = script && (await this.sources.placeOf(script, code.position));
    if (!place) return undefined;
    const { line, column } = toBase1(place.position);
    return { file: place.file, line, column };
  }

  private async locateSuspect(suspect: Suspect, rank: number): Promise<Finding> {
    const weighed: WeighedSite[] = [];
    for (const [index, anchor] of suspect.anchors.entries()) {
      const discount = index * ANCHOR_DISCOUNT;
      const found = await this.sitesOf(anchor, suspect, discount);
      // What holds the holder explains less: where it is filled is another matter.
      const settled = weighed.some(({ weight }) => weight > CONVINCING);
      weighed.push(...(settled ? found.filter(({ site }) => site.role !== 'growth') : found));
    }
    if (!weighed.some(({ weight }) => weight > CONVINCING)) {
      weighed.push(...(await this.literalSites(suspect)));
    }
    const { retainedBytesPerRound } = suspect;
    const { sites, confidence, evidence } = await this.witness.examine({
      confidence: suspect.confidence,
      grownBytes: retainedBytesPerRound * this.analysis.rounds,
      sites: bestFirst(weighed),
      evidence: suspect.evidence,
    });
    const path: PathStep[] = [];
    for (const { edge, className, objectId, code } of suspect.path) {
      const place = code && (await this.locate(code));
      const site = place && { ...place, file: relativeToRoot(this.root, place.file) };
      path.push({ edge, className, objectId, ...(site && { site }) });
    }
    const { shape, className, countPerRound } = suspect;
    return {
      rank,
      confidence,
      title: titleOf(suspect, sites),
      shape,
      className,
      countPerRound,
      retainedBytesPerRound,
      sites,
      path,
      evidence,
    };
  }

  private async sitesOf(
    anchor: Anchor,
    suspect: Suspect,
    discount: number,
  ): Promise<WeighedSite[]> {
    const home = this.homeOf(anchor);
    const found = home === undefined ? [] : await this.sitesIn(home, anchor, suspect, discount);
    const named = anchor.kind !== 'callback' && anchor.kind !== 'allocation';
    if (!named || found.some(({ weight }) => weight > CONVINCING - discount)) return found;
    const byName: Anchor = { kind: 'global', name: anchor.name };
    for (const script of this.scriptsByPreference()) {
      if (script.scriptId === home || !(await this.mentions(script, anchor.name))) continue;
      const elsewhere = discount + OTHER_FILE_DISCOUNT;
      found.push(...(await this.sitesIn(script.scriptId, byName, suspect, elsewhere)));
    }
    return found;
  }

  private async literalSites(suspect: Suspect): Promise<WeighedSite[]> {
    const [first] = suspect.leakedKeys;
    if (first === undefined) return [];
    const found: WeighedSite[] = [];
    for (const script of this.scriptsByPreference()) {
      if (!(await this.mentions(script, first))) continue;
      const literals =
        (await this.syntaxOf(script.scriptId))?.findLiterals(leakedOf(suspect)) ?? [];
      found.push(...(await this.toSites(script.scriptId, literals, 0)));
    }
    return found;
  }

  private async sitesIn(
    scriptId: number,
    anchor: Anchor,
    suspect: Suspect,
    discount: number,
  ): Promise<WeighedSite[]> {
    const found = (await this.syntaxOf(scriptId))?.find(anchor, leakedOf(suspect)) ?? [];
    return this.toSites(scriptId, found, discount);
  }

  private async toSites(
    scriptId: number,
    found: readonly SyntaxSite[],
    discount: number,
  ): Promise<WeighedSite[]> {
    const script = await this.load(scriptId);
    if (!script) return [];
    const sites: WeighedSite[] = [];
    for (const { role, position, weight } of found) {
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
      };
      sites.push({ site, weight: weight - discount });
    }
    return sites;
  }

  private homeOf(anchor: Anchor): number | undefined {
    switch (anchor.kind) {
      case 'variable':
        return anchor.within.scriptId;
      case 'field':
        return anchor.classAt.scriptId;
      case 'property':
        return anchor.near.scriptId;
      case 'callback':
      case 'allocation':
        return anchor.at.scriptId;
      case 'export':
        return this.analysis.scripts.find(({ url }) => scriptUrlToPath(url) === anchor.filename)
          ?.scriptId;
      case 'global':
        return undefined;
    }
  }

  /** The project's own scripts before its dependencies, and never Node.js itself. */
  private scriptsByPreference(): ScriptInfo[] {
    const own = (script: ScriptInfo) => (/[\\/]node_modules[\\/]/.test(script.url) ? 1 : 0);
    return this.analysis.scripts
      .filter(({ url }) => !isNodeInternal(url) && scriptUrlToPath(url) !== undefined)
      .sort((a, b) => own(a) - own(b))
      .slice(0, MAX_SEARCHED_SCRIPTS);
  }

  private async mentions(script: ScriptInfo, name: string): Promise<boolean> {
    return (await this.load(script.scriptId))?.text?.includes(name) ?? false;
  }

  private async load(scriptId: number): Promise<LoadedScript | undefined> {
    const info = this.scriptById.get(scriptId);
    return info && !isNodeInternal(info.url) ? this.sources.load(info) : undefined;
  }

  private async syntaxOf(scriptId: number): Promise<RetentionSites | undefined> {
    if (!this.syntax.has(scriptId)) {
      const tree = await this.parse(scriptId);
      this.syntax.set(scriptId, tree && new RetentionSites(tree));
    }
    return this.syntax.get(scriptId);
  }

  private parse(scriptId: number): Promise<SyntaxTree | undefined> {
    let tree = this.trees.get(scriptId);
    if (!tree) this.trees.set(scriptId, (tree = this.load(scriptId).then(parseScript)));
    return tree;
  }

  /** Says which files with a finding, or that should have one, are no longer the code that ran. */
  private async changedFiles(findings: readonly Finding[]): Promise<string[]> {
    const urls = new Set(findings.flatMap(({ sites }) => sites.map((site) => site.generated.url)));
    const anchors = this.analysis.suspects.flatMap((suspect) => suspect.anchors);
    const homes = new Set(anchors.map((anchor) => this.homeOf(anchor)));
    const notices = new Set<string>();
    for (const info of this.analysis.scripts) {
      if (!urls.has(info.url) && !homes.has(info.scriptId)) continue;
      const script = await this.load(info.scriptId);
      if (!script?.changedOnDisk || !script.file) continue;
      const file = relativeToRoot(this.root, script.file);
      notices.add(`${file} is not the code that ran: it was changed since, so lines may be off.`);
    }
    return [...notices];
  }
}

function parseScript(script: LoadedScript | undefined): SyntaxTree | undefined {
  return script?.text ? parseSyntaxTree(script.text, script.info.url) : undefined;
}

function leakedOf({ className, leakedKeys }: Suspect): {
  className: string;
  keys: readonly string[];
} {
  return { className, keys: leakedKeys };
}

function bestFirst(weighed: readonly WeighedSite[]): Site[] {
  const seen = new Set<string>();
  const sites: Site[] = [];
  for (const { site } of [...weighed].sort((a, b) => b.weight - a.weight)) {
    const key = `${site.file}:${site.line}`;
    if (seen.has(key) || sites.length === MAX_SITES) continue;
    seen.add(key);
    sites.push(site);
  }
  return sites;
}

function titleOf(suspect: Suspect, sites: readonly Site[]): string {
  const home = sites.find(({ role }) => role === 'retention') ?? sites[0];
  return home ? `${suspect.title} (${home.file})` : suspect.title;
}
