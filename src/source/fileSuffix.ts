/** A file of the workspace and how well it fits a location. */
export interface SuffixMatch {
  /** Relative to the root, with forward slashes. */
  readonly file: string;
  /** Segments at the end that are the same in both, the name included. */
  readonly shared: number;
  /** True if the file's whole path from the root is the end of the location's. */
  readonly isWhole: boolean;
}

/**
 * Files of one name by how much of their path ends like a location's, best first.
 * @param files Relative to the root, with forward slashes.
 * @param location As `pathIn` gives it.
 */
export function rankBySuffix(location: string, files: readonly string[]): SuffixMatch[] {
  const wanted = location.split('/').filter((segment) => segment !== '');
  return files
    .map((file) => {
      const segments = file.split('/');
      let shared = 0;
      while (shared < Math.min(wanted.length, segments.length)) {
        if (wanted.at(-1 - shared) !== segments.at(-1 - shared)) break;
        shared++;
      }
      return { file, shared, isWhole: shared === segments.length };
    })
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared);
}

/**
 * The one file that fits best, if it fits well enough to be believed without a look into it: more than
 * the mere name of a file somewhere below the root is the same.
 */
export function uniqueSuffix([best, next]: readonly SuffixMatch[]): SuffixMatch | undefined {
  if (!best || best.shared === next?.shared) return undefined;
  return best.isWhole || best.shared > 1 ? best : undefined;
}
