import path from 'node:path';
import type { LeakReport } from '../leaks/leakReport';
import { readNamedFile } from '../source/readNamedFile';
import { textHash } from '../source/textHash';
import type { ReportedFile } from './investigation';

/**
 * The files here that a report names, as they are now.
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
  // The name of an unmapped place may be that of a file here that is none of the program's.
  const mapped = places.filter(({ unmapped }) => !unmapped);
  const files = new Set(mapped.map(({ file }) => path.resolve(root, file)));
  return Promise.all(
    [...files].map(async (file) => {
      const text = await readNamedFile(file);
      return { file, ...(text !== undefined && { hash: textHash(text) }), differed: differs(file) };
    }),
  );
}
