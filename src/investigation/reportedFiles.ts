import path from 'node:path';
import type { LeakReport } from '../leaks/leakReport';
import { readNamedFile } from '../source/readNamedFile';
import { textHash } from '../source/textHash';
import type { ReportedFile } from './investigation';

/**
 * The files that a report names, as they are now.
 * @param root Absolute; files of the report are relative to it.
 * @param differs True for an absolute path whose text is known not to be what ran.
 */
export function reportedFiles(
  root: string,
  { findings }: LeakReport,
  differs: (file: string) => boolean,
): Promise<ReportedFile[]> {
  const places = findings.flatMap(({ sites, path: steps }) => [
    ...sites,
    ...steps.flatMap(({ site }) => site ?? []),
  ]);
  const files = new Set(places.map(({ file }) => path.resolve(root, file)));
  return Promise.all(
    [...files].map(async (file) => {
      const text = await readNamedFile(file);
      return { file, ...(text !== undefined && { hash: textHash(text) }), differed: differs(file) };
    }),
  );
}
