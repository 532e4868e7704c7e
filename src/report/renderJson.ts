import type {
  Finding,
  LeakReport,
  MemoryReading,
  PathStep,
  Site,
  UnmappedUrl,
} from '../leaks/leakReport';
import { harmlessJson } from './harmlessJson';

/**
 * The report in the shape of `report.schema.json`, as indented JSON with a final newline. Fields
 * are named one by one: what a caller's object carries besides them is not published.
 */
export function renderJson(report: LeakReport): string {
  const published: LeakReport = {
    schemaVersion: report.schemaVersion,
    verdict: report.verdict,
    rounds: report.rounds,
    heapBytes: report.heapBytes,
    memory: report.memory.map(publishedReading),
    ...(report.headline !== undefined && { headline: report.headline }),
    findings: report.findings.map(publishedFinding),
    notices: report.notices,
  };
  return harmlessJson(published);
}

function publishedReading({
  heapBytes,
  externalBytes,
  residentBytes,
}: MemoryReading): MemoryReading {
  return { heapBytes, externalBytes, ...(residentBytes !== undefined && { residentBytes }) };
}

function publishedFinding(finding: Finding): Finding {
  return {
    rank: finding.rank,
    confidence: finding.confidence,
    title: finding.title,
    shape: finding.shape,
    className: finding.className,
    ...(finding.container !== undefined && { container: finding.container }),
    countPerRound: finding.countPerRound,
    retainedBytesPerRound: finding.retainedBytesPerRound,
    growth: { counts: finding.growth.counts, bytes: finding.growth.bytes },
    sites: finding.sites.map(publishedSite),
    path: finding.path.map(publishedStep),
    evidence: finding.evidence,
    fix: finding.fix,
    bounded: finding.bounded,
  };
}

function publishedSite({ role, file, line, column, text, generated, unmapped }: Site): Site {
  const { url, line: generatedLine, column: generatedColumn } = generated;
  return {
    role,
    file,
    line,
    column,
    text,
    generated: { url, line: generatedLine, column: generatedColumn },
    ...publishedUnmapped(unmapped),
  };
}

function publishedStep({ edge, className, objectId, site }: PathStep): PathStep {
  const step = { edge, className, objectId };
  if (!site) return step;
  const { file, line, column, unmapped } = site;
  return { ...step, site: { file, line, column, ...publishedUnmapped(unmapped) } };
}

function publishedUnmapped(unmapped: UnmappedUrl | undefined): Pick<Site, 'unmapped'> {
  return unmapped ? { unmapped: { url: unmapped.url, tried: unmapped.tried } } : {};
}
