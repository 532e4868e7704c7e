import type { Finding, Site } from '../../src/leaks/leakReport';
import type { EvalCase } from './evalCase';
import type { CaseRun } from './runCase';

export interface JudgedFinding {
  readonly confidence: number;
  readonly right: boolean;
}

/** How good Leakline's answer to one run is. */
export interface Judgement {
  readonly run: CaseRun;
  /** The first site of the first finding is right; of a program without a leak: nothing was found. */
  readonly passed: boolean;
  /** The first finding whose first site is right, from 1; 0 if there is none. */
  readonly rank: number;
  /** A right line is among the other sites of the first finding. */
  readonly amongSites: boolean;
  /** Best first. */
  readonly findings: readonly JudgedFinding[];
}

export function judge(run: CaseRun): Judgement {
  const { evalCase, variant, report } = run;
  const findings = report?.findings ?? [];
  if (variant !== 'leaking') {
    const judged = findings.map(({ confidence }) => ({ confidence, right: false }));
    // A fixed leak must be called clean; a healthy program may be left undecided.
    const undecided = variant === 'healthy' && report?.verdict === 'inconclusive';
    const passed = findings.length === 0 && (report?.verdict === 'clean' || undecided);
    return { run, passed, rank: 0, amongSites: false, findings: judged };
  }
  const rank = findings.findIndex(({ sites }) => isStrictlyRight(evalCase, sites[0])) + 1;
  const amongSites = findings[0]?.sites.some((site) => isStrictlyRight(evalCase, site)) ?? false;
  const judged = findings.map((finding, i) => ({
    confidence: finding.confidence,
    right: i === 0 ? rank === 1 : isRightAtAll(evalCase, finding),
  }));
  return { run, passed: rank === 1, rank, amongSites, findings: judged };
}

function isStrictlyRight(evalCase: EvalCase, site: Site | undefined): boolean {
  return evalCase.expected.some((range) => !range.broad && covers(range, site));
}

/** A further finding is right if it belongs to the leak, however wide the range. */
function isRightAtAll(evalCase: EvalCase, { sites }: Finding): boolean {
  return evalCase.expected.some((range) => covers(range, sites[0]));
}

function covers(
  { file, lineRange: [first, last] }: EvalCase['expected'][number],
  site: Site | undefined,
): boolean {
  return site?.file === file && site.line >= first && site.line <= last;
}
