import type { AllocationProfile } from '../base/allocationProfile';
import { formatBytes, formatCount } from '../base/bytes';
import type { CodePosition, LeakAnalysis, Suspect } from '../leaks/leakAnalysis';
import type { Finding, LeakReport, PathStep, Site, Verdict } from '../leaks/leakReport';
import type { PathRules } from '../source/pathMapper';
import { relativeToRoot } from '../source/pathMapping';
import { locationOf } from '../source/targetLocation';
import type { LiveSource } from '../source/scriptSources';
import { AllocationWitness } from './allocationWitness';
import { callerSites } from './callerSites';
import { fixAdvice } from './fixAdvice';
import type { ReportedFile, SourcePlace } from './investigation';
import { memoryHeadline } from './memoryHeadline';
import { originalNames } from './originalNames';
import { remapReport } from './remapReport';
import { reportedFiles } from './reportedFiles';
import { siteEvidence, type FillingBound } from './siteEvidence';
import { SiteFinder, type WeighedSite } from './siteFinder';
import { unmappedNotices } from './unmappedNotices';

const MAX_SITES = 8;
/** Of lines that only remove, one shows what the others would. */
const MAX_REMOVALS = 1;
/** What the heap alone must say at least for the verdict to be a leak. */
const LEAK_CONFIDENCE = 0.5;

/** What a container may fill up to without being a finding, in bytes. */
const HARMLESS_BYTES = 64 * 1024 * 1024;
const NO_ALLOCATIONS: AllocationProfile = { kind: 'sampled', stacks: [] };

/** A finding before it has its rank. */
interface Located {
  readonly finding: Omit<Finding, 'rank'>;
  /** There if it only fills up to a limit that is known and harmless: what to say instead. */
  readonly harmless?: string;
}

/** Turns suspects into findings: with their source lines, and what those say for and against. */
export class FindingLocator {
  private readonly finder: SiteFinder;
  private readonly witness: AllocationWitness;

  /**
   * @param root Absolute; files are reported relative to it.
   * @param live Gives the code that runs, if the process is still at hand.
   * @param sampled Who made what is alive; what the snapshots themselves recorded is preferred.
   * @param paths How paths of the target become files below the root.
   */
  constructor(
    private readonly analysis: LeakAnalysis,
    private readonly root: string,
    live?: LiveSource,
    sampled?: AllocationProfile,
    paths?: PathRules,
  ) {
    this.finder = new SiteFinder(analysis, root, live, paths);
    this.witness = new AllocationWitness(analysis.allocations ?? sampled ?? NO_ALLOCATIONS, {
      scripts: analysis.scripts,
      treeOf: (scriptId) => this.finder.treeOf(scriptId),
      allocationSite: (scriptId, position) => this.finder.allocationSite(scriptId, position),
    });
  }

  /** Findings in the order of the suspects, but what may only be filling comes last. */
  async report(notices: readonly string[]): Promise<LeakReport> {
    const located: Located[] = [];
    for (const suspect of this.analysis.suspects) located.push(await this.locateSuspect(suspect));
    const harmful = located.filter(({ harmless }) => harmless === undefined);
    const findings = [
      ...harmful.filter(({ finding }) => !finding.bounded),
      ...harmful.filter(({ finding }) => finding.bounded),
    ].map(({ finding }, index) => ({ rank: index + 1, ...finding }));
    const verdict = this.verdictOn(located);
    const filling = located.flatMap(({ harmless }) => harmless ?? []);
    if (verdict === 'inconclusive' && this.analysis.verdict === 'leak') {
      filling.push(
        'What grows has a limit that it may not have reached yet: run more rounds, or warm up ' +
          'longer, to see whether it stops.',
      );
    }
    const { heapBytes, externalBytes } = this.analysis;
    const memory = heapBytes.map((bytes, index) => ({
      heapBytes: bytes - externalBytes[index],
      externalBytes: externalBytes[index],
    }));
    const headline = memoryHeadline(memory, findings.length > 0);
    return {
      schemaVersion: 1,
      verdict,
      rounds: this.analysis.rounds,
      heapBytes,
      memory,
      ...(headline !== undefined && { headline }),
      findings,
      notices: [
        ...notices,
        ...filling,
        ...(await this.changedFiles(findings)),
        ...unmappedNotices(this.root, findings),
      ],
    };
  }

  /** The file and line of a code position; undefined for Node.js itself and code without a file. */
  locate(code: CodePosition): Promise<SourcePlace | undefined> {
    return this.finder.locate(code);
  }

  /** A report made by another locator of the same analysis, with what that one found no file for. */
  remap(report: LeakReport): Promise<LeakReport> {
    return remapReport(report, this.analysis, this.finder, this.root);
  }

  /** The files that a report of this names. */
  files(report: LeakReport): Promise<ReportedFile[]> {
    return reportedFiles(this.root, report, (file) => this.finder.differs(file));
  }

  /** A container that may only be filling up to its limit is no leak yet. */
  private verdictOn(located: readonly Located[]): Verdict {
    const { verdict, suspects } = this.analysis;
    if (located.length > 0 && located.every(({ harmless }) => harmless !== undefined)) {
      return 'clean';
    }
    if (verdict !== 'leak') return verdict;
    const isLeak = suspects.some(
      ({ confidence }, index) => confidence >= LEAK_CONFIDENCE && !located[index].finding.bounded,
    );
    return isLeak ? 'leak' : 'inconclusive';
  }

  private async locateSuspect(suspect: Suspect): Promise<Located> {
    const found = (await this.finder.find(suspect)).sort((a, b) => b.weight - a.weight);
    const best = found.find(({ site }) => site.role !== 'removal');
    const callers = best ? await callerSites(this.finder, suspect, best) : [];
    const { container, className, title } = originalNames(suspect, found);
    const kept = (suspect.countPerRound * this.analysis.rounds) / suspect.containers;
    const { sentences, belief, bound } = siteEvidence(suspect, best, found, container, kept);
    const { shape, countPerRound, retainedBytesPerRound, growth } = suspect;
    const { sites, confidence, evidence } = await this.witness.examine({
      confidence: suspect.confidence * belief,
      grownBytes: retainedBytesPerRound * this.analysis.rounds,
      sites: inOrder(best, callers, found),
      evidence: [...suspect.evidence, ...sentences],
    });
    const harmless = bound && harmlessFilling(suspect, container, bound);
    const finding = {
      confidence: Math.round(confidence * 100) / 100,
      title: titleWithFile(title, sites),
      shape,
      className,
      // Timers hang in lists of Node.js, by whichever of its functions the path happens to lead.
      ...(container !== undefined && shape !== 'timer' && { container }),
      countPerRound,
      retainedBytesPerRound,
      growth,
      sites,
      path: await this.pathOf(suspect),
      evidence,
      fix: fixAdvice({
        ...{ suspect, container, className },
        best: sites[0],
        removal: sites.find(({ role }) => role === 'removal'),
        bounded: bound !== undefined,
        caller: callers[0]?.site,
      }),
      bounded: bound !== undefined,
    };
    return { finding, ...(harmless !== undefined && { harmless }) };
  }

  private async pathOf(suspect: Suspect): Promise<PathStep[]> {
    const path: PathStep[] = [];
    for (const { edge, className, objectId, code } of suspect.path) {
      const place = code && (await this.locate(code));
      const site = place && { ...place, file: relativeToRoot(this.root, place.file) };
      path.push({ edge, className, objectId, ...(site && { site }) });
    }
    return path;
  }

  /** Says which files with a finding, or that should have one, are no longer the code that ran. */
  private async changedFiles(findings: readonly Finding[]): Promise<string[]> {
    const urls = new Set(findings.flatMap(({ sites }) => sites.map((site) => site.generated.url)));
    const anchors = this.analysis.suspects.flatMap((suspect) => suspect.anchors);
    const homes = new Set(anchors.map((anchor) => this.finder.homeOf(anchor)));
    const notices = new Set<string>();
    for (const info of this.analysis.scripts) {
      if (!urls.has(info.url) && !homes.has(info.scriptId)) continue;
      const script = await this.finder.load(info.scriptId);
      if (!script?.changedOnDisk || !script.file) continue;
      const file = relativeToRoot(this.root, script.file);
      const isElsewhere = locationOf(info.url) !== locationOf(script.file);
      notices.add(
        isElsewhere
          ? `${file} here differs from what runs as ${info.url}, so lines may be off: compare the ` +
              'checkout with what was deployed.'
          : `${file} is not the code that ran: it was changed since, so lines may be off.`,
      );
    }
    return [...notices];
  }
}

/** A sentence on a container that cannot grow beyond what does no harm; undefined for others. */
function harmlessFilling(
  { containers, countPerRound, retainedBytesPerRound }: Suspect,
  container: string | undefined,
  { line, limit }: FillingBound,
): string | undefined {
  if (limit === undefined || countPerRound === 0) return undefined;
  const most = limit * containers * (retainedBytesPerRound / countPerRound);
  if (most > HARMLESS_BYTES) return undefined;
  const name = container === undefined ? 'A container' : `\`${container}\``;
  return (
    `${name} still fills up to its limit of ${formatCount(limit)}, about ${formatBytes(most)}, ` +
    `which ${line} keeps: no leak.`
  );
}

/** The best line, who calls it, the other lines by weight, and what removes. */
function inOrder(
  best: WeighedSite | undefined,
  callers: readonly WeighedSite[],
  found: readonly WeighedSite[],
): Site[] {
  if (!best) return [];
  const removals = found
    .filter(({ site, anchor }) => site.role === 'removal' && anchor === best.anchor)
    .sort((a, b) => Number(b.bound !== undefined) - Number(a.bound !== undefined));
  const others = found.filter(({ site }) => site.role !== 'removal');
  const first = distinct([best, ...callers, ...others]);
  const last = distinct([...first, ...removals]).slice(first.length, first.length + MAX_REMOVALS);
  return [...first.slice(0, MAX_SITES - last.length), ...last].map(({ site }) => site);
}

/** Without those whose line has been named. */
function distinct(sites: readonly WeighedSite[]): WeighedSite[] {
  const seen = new Set<string>();
  return sites.filter(({ site: { file, line } }) => {
    const key = `${file}:${line}`;
    return !seen.has(key) && seen.add(key);
  });
}

function titleWithFile(title: string, sites: readonly Site[]): string {
  const home = sites.find(({ role }) => role === 'retention') ?? sites[0];
  return home && !title.includes(home.file) ? `${title} (${home.file})` : title;
}
