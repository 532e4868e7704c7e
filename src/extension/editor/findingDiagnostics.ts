import * as l10n from '@vscode/l10n';
import type { SourcePlace } from '../../investigation/investigation';
import type { Finding, PathStep, SiteRole } from '../../leaks/leakReport';
import { plainText } from '../../report/plainText';
import type { FindingLine } from '../results/findingLines';
import { growthText } from '../results/growthText';
import { absolutePlace } from '../results/places';

/** From here on a finding is a warning: what another run would say again. */
const SURE = 0.7;
/** Below this it is a hint: something grows that may be none of the program's doing. */
const DOUBTFUL = 0.3;
/** Characters of the way from the GC root to the first object that has a line. */
const WAY_LENGTH = 300;

/** In the order of the walk: made, handed in, kept; what takes out comes last. */
const SITE_ORDER: Readonly<Record<SiteRole, number>> = {
  allocation: 0,
  caller: 1,
  growth: 2,
  registration: 2,
  retention: 3,
  removal: 4,
};

export type FindingSeverity = 'warning' | 'information' | 'hint';

/** A finding as it stands on its line, without a host. */
export interface FindingDiagnostic {
  readonly place: SourcePlace;
  readonly severity: FindingSeverity;
  readonly message: string;
  readonly code: string;
  /** The walk: allocated here, stored here, held by, GC root. Places are where they are now. */
  readonly related: readonly RelatedPlace[];
}

interface RelatedPlace {
  readonly place: SourcePlace;
  readonly message: string;
}

/** The sentence that goes with every finding whose file was edited, or is not what ran. */
export function staleNote(): string {
  return l10n.t('The file has changed since this run, so the line may be off.');
}

export function findingDiagnostic(line: FindingLine): FindingDiagnostic {
  const { finding, place, isStale } = line;
  const text = `${plainText(finding.title)}, ${growthText(finding)}. ${plainText(finding.fix)}`;
  return {
    place,
    severity: severityOf(finding),
    message: isStale ? `${text} ${staleNote()}` : text,
    code: finding.shape,
    related: [...sites(line), ...holders(line)],
  };
}

/** What may only be filling up to its limit is no warning, however surely it grows. */
function severityOf({ confidence, bounded }: Finding): FindingSeverity {
  if (confidence < DOUBTFUL) return 'hint';
  return confidence >= SURE && !bounded ? 'warning' : 'information';
}

function sites({ finding, result }: FindingLine): RelatedPlace[] {
  return finding.sites
    .filter(({ unmapped }) => !unmapped)
    .sort((a, b) => SITE_ORDER[a.role] - SITE_ORDER[b.role])
    .map((site) => ({
      place: result.places.now(absolutePlace(result.root, site)),
      message: siteMessage(site.role, plainText(site.text, 200)),
    }));
}

function siteMessage(role: SiteRole, text: string): string {
  switch (role) {
    case 'allocation':
      return l10n.t('allocated here: {0}', text);
    case 'caller':
      return l10n.t('called from here: {0}', text);
    case 'growth':
      return l10n.t('stored here: {0}', text);
    case 'registration':
      return l10n.t('registered here: {0}', text);
    case 'retention':
      return l10n.t('kept by: {0}', text);
    case 'removal':
      return l10n.t('removed here: {0}', text);
  }
}

/** From the leaked object up, as one asks "and what holds that?", to the GC root. */
function holders({ finding: { path }, place, result }: FindingLine): RelatedPlace[] {
  const visible = path.flatMap((step, index) => {
    if (!step.site || step.site.unmapped) return [];
    const text = stepText(step);
    const isLeaked = index === path.length - 1;
    const message = isLeaked ? l10n.t('leaked: {0}', text) : l10n.t('held by: {0}', text);
    const at = result.places.now(absolutePlace(result.root, step.site));
    return [{ index, place: at, message }];
  });
  const outermost = visible[0];
  const way = path.slice(0, outermost?.index).map(stepText).join(' → ');
  const root = {
    place: outermost?.place ?? place,
    message: l10n.t('GC root: {0}', plainText(way, WAY_LENGTH)),
  };
  const up = visible.reverse().map(({ place: at, message }) => ({ place: at, message }));
  return way === '' ? up : [...up, root];
}

function stepText({ edge, className }: PathStep): string {
  return [plainText(edge, 60), plainText(className, 60)].filter((part) => part !== '').join(' ');
}
