import path from 'node:path';
import type { Anchor, Suspect } from '../leaks/leakAnalysis';
import { isWholeExport } from '../source/importedModule';
import type { OriginalPlace } from '../source/scriptSources';
import type { WeighedSite } from './siteFinder';

const CLASS = /^(?:export\s+|default\s+|abstract\s+|declare\s+)*class\s+([\w$]+)/;
const MODIFIERS =
  /^(?:(?:static|readonly|private|public|protected|declare|override|accessor)\s+)*(#?[\w$]+)/;

/**
 * The original name of what is declared at a place: as the text has it, which is right even where
 * the map has no names, else as the map says.
 */
export function originalNameAt({ text, position, name }: OriginalPlace): string | undefined {
  const line = text.split('\n', position.line + 1)[position.line] ?? '';
  const declared = line.slice(position.column);
  return CLASS.exec(declared)?.[1] ?? name ?? MODIFIERS.exec(declared)?.[1];
}

/** Original names of what a suspect speaks of, by the names of the code that ran. */
export interface OriginalNames {
  /** Of the container: of the first anchor that has a name. */
  readonly container: string | undefined;
  readonly className: string;
  /** The suspect's title in original names. */
  readonly title: string;
}

/** Puts original names where the heap has those of minified or compiled code. */
export function originalNames(suspect: Suspect, sites: readonly WeighedSite[]): OriginalNames {
  const { title, className } = suspect;
  const held = suspect.anchors.find((anchor) => 'name' in anchor);
  const declared = sites.find(({ site, anchor }) => anchor === held && site.role === 'retention');
  const made = sites.find(({ site, anchor }) => {
    return anchor?.kind === 'allocation' && site.role === 'allocation';
  });
  const whole = held && isWholeExport(held) ? wholeExport(held, declared) : undefined;
  const container = whole ?? declared?.originalName ?? held?.name;
  const original = made?.originalName ?? className;
  return {
    container,
    className: original,
    title: title
      .replace(` ${className} each round`, () => ` ${original} each round`)
      .replace(`\`${held?.name}\``, (name) => {
        if (container === undefined) return name;
        return whole === undefined ? `\`${container}\`` : `(${whole})`;
      }),
  };
}

/** What has no name of its own is known by its file. */
function wholeExport(anchor: Anchor, declared: WeighedSite | undefined): string | undefined {
  if (anchor.kind === 'export') return `module.exports of ${path.basename(anchor.filename)}`;
  return declared && `default export of ${declared.site.file}`;
}
