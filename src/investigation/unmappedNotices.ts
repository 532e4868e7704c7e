import type { Finding, UnmappedUrl } from '../leaks/leakReport';

/** More of them would say the same. */
const MAX_NOTICES = 3;

/** What no file below the root was found for, each URL once, best finding first. */
export function unmappedUrls(findings: readonly Pick<Finding, 'sites'>[]): UnmappedUrl[] {
  const byUrl = new Map<string, UnmappedUrl>();
  for (const { unmapped } of findings.flatMap(({ sites }) => sites)) {
    if (unmapped && !byUrl.has(unmapped.url)) byUrl.set(unmapped.url, unmapped);
  }
  return [...byUrl.values()];
}

/** Says which URLs of the findings have no file here, and what was tried to find it. */
export function unmappedNotices(
  root: string,
  findings: readonly Pick<Finding, 'sites'>[],
): string[] {
  const urls = unmappedUrls(findings);
  const notices = urls
    .slice(0, MAX_NOTICES)
    .map(({ url, tried }) => `No file in ${root} is known to be ${url}. ${tried.join(' ')}`);
  const more = urls.length - notices.length;
  return more > 0 ? [...notices, `The same is true of ${more} more.`] : notices;
}
