import type { LeakReport } from '../leaks/leakReport';
import { unmappedUrls } from '../investigation/unmappedNotices';
import { locationOf } from '../source/targetLocation';

/** A report whose files were not all found, with a notice that shows the option which says where they are. */
export function withMapHint(report: LeakReport): LeakReport {
  const locations = unmappedUrls(report.findings).flatMap(({ url }) => locationOf(url) ?? []);
  if (locations.length === 0) return report;
  const [first, ...others] = locations.map((location) => location.split('/').slice(0, -1));
  const isShared = (segment: string, at: number) => others.every((other) => other[at] === segment);
  const end = first.findIndex((segment, at) => !isShared(segment, at));
  const folder = first.slice(0, end < 0 ? undefined : end).join('/') || '/';
  const hint = `Where it is here, --map ${folder}=FOLDER says; or --root names another checkout.`;
  return { ...report, notices: [...report.notices, hint] };
}
