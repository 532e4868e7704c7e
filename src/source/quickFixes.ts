import type { LeakShape } from '../leaks/leakReport';
import { clearTimer } from './clearTimer';
import { EditedSource, type TextEdit } from './editedSource';
import { leaveRegistry } from './leaveRegistry';
import { limitContainer } from './limitContainer';
import { listenOnce } from './listenOnce';
import { ownContainerAt } from './ownContainer';
import { removeListener } from './removeListener';
import { weakContainer } from './weakContainer';

/** A change of one file that ends a leak. */
export interface QuickFix {
  readonly kind: FixKind;
  /** What it does, for people. */
  readonly title: string;
  /** None meets another. */
  readonly edits: readonly TextEdit[];
}

export type FixKind =
  | 'clearTimer'
  | 'leaveRegistry'
  | 'limitContainer'
  | 'listenOnce'
  | 'removeListener'
  | 'weakContainer';

/** What leaks, and where this file takes part in it. */
export interface FixRequest {
  readonly source: string;
  /** Its ending tells the language. */
  readonly fileName: string;
  readonly shape: LeakShape;
  /** The lines of the finding's sites in this file, from 1, best first. */
  readonly lines: readonly number[];
}

/**
 * The fixes that the syntax tree proves to be mechanical: what they rest on is all in this file, and
 * they touch nothing else. None for generated code, and for a file that does not parse.
 */
export function quickFixes({ source, fileName, shape, lines }: FixRequest): QuickFix[] {
  if (isGenerated(source)) return [];
  const file = EditedSource.parse(source, fileName);
  if (!file) return [];
  const found = new Map<string, QuickFix>();
  for (const line of lines) {
    for (const fix of fixesAt(file, shape, line))
      if (!found.has(fix.title)) found.set(fix.title, fix);
  }
  return [...found.values()];
}

function fixesAt(file: EditedSource, shape: LeakShape, line: number): QuickFix[] {
  switch (shape) {
    case 'timer':
      return present(clearTimer(file, line));
    case 'listener':
      return present(listenOnce(file, line), removeListener(file, line));
    case 'map':
    case 'set':
    case 'array': {
      const container = ownContainerAt(file, line);
      const better = present(
        leaveRegistry(file, line),
        container && weakContainer(file, container),
      );
      // To lose what is old is worse than to let go of what is done.
      return better.length > 0 ? better : present(container && limitContainer(file, container));
    }
    default:
      return [];
  }
}

function present(...fixes: readonly (QuickFix | undefined)[]): QuickFix[] {
  return fixes.filter((fix) => fix !== undefined);
}

/** Longer lines are written by no person. */
const LONGEST_LINE = 1000;

/** What a compiler or bundler wrote says where it came from, says that it did, or is minified. */
function isGenerated(source: string): boolean {
  if (/^\s*\/[/*][#@]\s*sourceMappingURL=/m.test(source)) return true;
  if (/@generated\b/.test(source.slice(0, 2000))) return true;
  return source.split('\n').some((line) => line.length > LONGEST_LINE);
}
