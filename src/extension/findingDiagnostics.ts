import type { SourcePlace } from '../investigation/investigation';
import type { Finding, LeakReport, PathStep } from '../leaks/leakReport';
import { plainText } from '../report/plainText';
import { ROLE_LABELS } from '../report/wording';
import { growthText } from './growthText';
import { absolutePlace } from './places';

/** Characters of the way from the GC root to the first object that has a line. */
const WAY_LENGTH = 300;

/** A finding as it stands on its line, without a host. */
export interface FindingDiagnostic {
  readonly place: SourcePlace;
  readonly message: string;
  readonly code: string;
  /** The chain: other lines that take part, then what holds the object, up to the GC root. */
  readonly related: readonly RelatedPlace[];
}

interface RelatedPlace {
  readonly place: SourcePlace;
  readonly message: string;
}

/** One diagnostic for each finding whose line is known. */
export function findingDiagnostics(root: string, report: LeakReport): FindingDiagnostic[] {
  return report.findings.flatMap((finding) => {
    const [first] = finding.sites;
    if (!first) return [];
    return {
      place: absolutePlace(root, first),
      message: `${plainText(finding.title)}, ${growthText(finding)}. ${plainText(finding.fix)}`,
      code: finding.shape,
      related: [...otherSites(root, finding), ...holders(root, finding.path)],
    };
  });
}

function otherSites(root: string, { sites }: Finding): RelatedPlace[] {
  return sites.slice(1).map((site) => ({
    place: absolutePlace(root, site),
    message: `${ROLE_LABELS[site.role]}: ${plainText(site.text, 200)}`,
  }));
}

/** From the leaked object up, as one asks "and what holds that?", with the rest of the way at last. */
function holders(root: string, path: readonly PathStep[]): RelatedPlace[] {
  const outermost = path.findIndex((step) => step.site !== undefined);
  return path
    .flatMap((step, index) => {
      if (!step.site) return [];
      const role = index === path.length - 1 ? 'leaked' : 'held by';
      const way = index === outermost ? wayFromRoot(path.slice(0, index)) : '';
      return { place: absolutePlace(root, step.site), message: `${role}: ${stepText(step)}${way}` };
    })
    .reverse();
}

function wayFromRoot(steps: readonly PathStep[]): string {
  if (steps.length === 0) return '';
  return `, reached by ${plainText(steps.map(stepText).join(' → '), WAY_LENGTH)}`;
}

function stepText({ edge, className }: PathStep): string {
  return [plainText(edge, 60), plainText(className, 60)].filter((part) => part !== '').join(' ');
}
