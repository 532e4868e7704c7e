import type { Anchor, CodePosition } from '../leaks/leakAnalysis';

/** An anchor that can be looked for in any script. */
type Searchable = Exclude<Anchor, { readonly at: CodePosition }>;

/** What is left of an anchor in a script other than its own. */
export function withoutPlace(anchor: Searchable): Searchable {
  return 'name' in anchor ? { kind: 'global', name: anchor.name } : anchor;
}

/** A script without any of these has nothing to do with the anchor. */
export function wordsOf(anchor: Searchable): readonly string[] {
  switch (anchor.kind) {
    case 'construction':
      return anchor.classNames;
    case 'load':
      return ['require', 'import'];
    default:
      return [anchor.name];
  }
}
