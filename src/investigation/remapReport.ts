import { position1, toBase0 } from '../base/position';
import type { CodePosition, LeakAnalysis } from '../leaks/leakAnalysis';
import type { Finding, LeakReport, PathStep, Site } from '../leaks/leakReport';
import { relativeToRoot } from '../source/pathMapping';
import type { SiteFinder } from './siteFinder';
import { unmappedNotices } from './unmappedNotices';

/**
 * A report whose unmapped places are looked for again, by the rules that the finder has now. What the
 * run has found stays: only files and lines change, wherever they are named.
 * @param root Absolute; files are reported relative to it.
 */
export async function remapReport(
  report: LeakReport,
  analysis: LeakAnalysis,
  finder: SiteFinder,
  root: string,
): Promise<LeakReport> {
  const findings: Finding[] = [];
  for (const finding of report.findings) {
    findings.push(await new Remapping(analysis, finder, root).finding(finding));
  }
  const before = new Set(unmappedNotices(root, report.findings));
  const others = report.notices.filter((notice) => !before.has(notice));
  return { ...report, findings, notices: [...others, ...unmappedNotices(root, findings)] };
}

/** One finding whose places are looked for again. */
class Remapping {
  /** What names a place in sentences, and what names it now. */
  private readonly renamed: (readonly [string, string])[] = [];

  constructor(
    private readonly analysis: LeakAnalysis,
    private readonly finder: SiteFinder,
    private readonly root: string,
  ) {}

  async finding(finding: Finding): Promise<Finding> {
    const sites: Site[] = [];
    for (const site of finding.sites) sites.push(await this.site(site));
    const path: PathStep[] = [];
    for (const step of finding.path) path.push(await this.step(step));
    const { title, fix, evidence } = finding;
    return {
      ...{ ...finding, sites, path, title: this.inWords(title), fix: this.inWords(fix) },
      evidence: evidence.map((sentence) => this.inWords(sentence)),
    };
  }

  private async site(site: Site): Promise<Site> {
    if (!site.unmapped) return site;
    const { url, line, column } = site.generated;
    const script = this.analysis.scripts.find((candidate) => candidate.url === url);
    const position = toBase0(position1(line, column));
    const found = script && (await this.finder.allocationSite(script.scriptId, position));
    if (!found) return site;
    this.renamed.push([`${site.file}:${site.line}`, `${found.file}:${found.line}`]);
    this.renamed.push([site.file, found.file]);
    return { ...found, role: site.role };
  }

  private async step(step: PathStep): Promise<PathStep> {
    const code = step.site?.unmapped && this.codeOf(step.objectId);
    const place = code && (await this.finder.locate(code));
    if (!place) return step;
    return { ...step, site: { ...place, file: relativeToRoot(this.root, place.file) } };
  }

  private codeOf(objectId: number): CodePosition | undefined {
    const objects = this.analysis.suspects.flatMap(({ path }) => path);
    return objects.find((object) => object.objectId === objectId && object.code)?.code;
  }

  private inWords(sentence: string): string {
    return this.renamed.reduce((text, [from, to]) => text.split(from).join(to), sentence);
  }
}
