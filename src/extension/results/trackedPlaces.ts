import type { ReportedFile, SourcePlace } from '../../investigation/investigation';
import type { LeakReport } from '../../leaks/leakReport';
import { textHash } from '../../source/textHash';
import { movePosition, type TextChange } from './movePosition';
import { absolutePlace } from './places';

/** A place of the report, and where it is now; lines and columns from 1. */
export interface MovedPlace {
  readonly was: SourcePlace;
  readonly is: SourcePlace;
}

interface TrackedPlace extends MovedPlace {
  /** The line at the run without its indentation, if it is known. */
  readonly text: string | undefined;
}

interface TrackedFile {
  readonly reported: ReportedFile;
  /** Where places are now, by `keyOf` what they were. */
  readonly places: Map<string, TrackedPlace>;
  isChanged: boolean;
}

/** Where the places of one report are now, and whether their files are still what they were. */
export class TrackedPlaces {
  private readonly fileOf = new Map<string, TrackedFile>();

  /**
   * @param root Absolute; files of the report are relative to it.
   * @param files Those that the report names, as they were at the run.
   * @param moved What had moved already, for a report of an earlier session.
   */
  constructor(
    root: string,
    { findings }: LeakReport,
    files: readonly ReportedFile[],
    moved: readonly MovedPlace[] = [],
  ) {
    for (const reported of files) {
      this.fileOf.set(reported.file, { reported, places: new Map(), isChanged: false });
    }
    for (const { sites, path } of findings) {
      for (const { site } of path) if (site) this.track(absolutePlace(root, site));
      for (const site of sites) this.track(absolutePlace(root, site), site.text);
    }
    for (const { was, is } of moved) {
      const places = this.fileOf.get(was.file)?.places;
      const place = places?.get(keyOf(was));
      if (place) places?.set(keyOf(was), { ...place, is });
    }
  }

  /** Absolute paths of the files that the report names. */
  get files(): string[] {
    return [...this.fileOf.keys()];
  }

  /** What is not any more where it was. */
  get moved(): MovedPlace[] {
    const all = [...this.fileOf.values()].flatMap(({ places }) => [...places.values()]);
    return all.flatMap(({ was, is }) => (keyOf(was) === keyOf(is) ? [] : { was, is }));
  }

  /** Where a place of the report is now. */
  now(place: SourcePlace): SourcePlace {
    return this.fileOf.get(place.file)?.places.get(keyOf(place))?.is ?? place;
  }

  /** True if a file is not the code that ran any more, so that its lines may be off. */
  isStale(file: string): boolean {
    const tracked = this.fileOf.get(file);
    return tracked !== undefined && (tracked.reported.differed || tracked.isChanged);
  }

  /**
   * Follows changes of a file's text. @param text After the changes.
   * @returns true if a place moved, or the file became stale or stopped being it.
   */
  edit(file: string, changes: readonly TextChange[], text: string): boolean {
    const tracked = this.fileOf.get(file);
    if (!tracked) return false;
    const hasMoved = moveAll(tracked, ({ is }) => movePlace(is, changes));
    return compare(tracked, text) || hasMoved;
  }

  /**
   * Looks at a file that may have been changed by somebody else. A line that is not at its place is
   * looked for in the rest of the file.
   * @param text Undefined if the file is gone.
   * @returns as `edit`
   */
  check(file: string, text: string | undefined): boolean {
    const tracked = this.fileOf.get(file);
    if (!tracked) return false;
    const isOther = compare(tracked, text);
    if (!tracked.isChanged || text === undefined) return isOther;
    const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
    return moveAll(tracked, (place) => findAgain(place, lines)) || isOther;
  }

  private track(was: SourcePlace, text?: string): void {
    this.fileOf.get(was.file)?.places.set(keyOf(was), { was, is: was, text });
  }
}

/**
 * Compares a file with what it was at the run. A text that is the same again has every place where it
 * was: that is how an edit is undone.
 */
function compare(tracked: TrackedFile, text: string | undefined): boolean {
  const { isChanged, reported } = tracked;
  tracked.isChanged = text === undefined || textHash(text) !== reported.hash;
  const hasMoved = !tracked.isChanged && moveAll(tracked, ({ was }) => was);
  return hasMoved || tracked.isChanged !== isChanged;
}

/** True if any place moved. */
function moveAll({ places }: TrackedFile, move: (place: TrackedPlace) => SourcePlace): boolean {
  let hasMoved = false;
  for (const [key, place] of places) {
    const is = move(place);
    if (keyOf(is) === keyOf(place.is)) continue;
    places.set(key, { ...place, is });
    hasMoved = true;
  }
  return hasMoved;
}

/** Where a line went that is not at its place, if just one line of the file reads like it. */
function findAgain({ is, text = '' }: TrackedPlace, lines: readonly string[]): SourcePlace {
  if (text === '' || lines[is.line - 1] === text) return is;
  const line = lines.indexOf(text) + 1;
  return line === 0 || line !== lines.lastIndexOf(text) + 1 ? is : { ...is, line };
}

function movePlace(place: SourcePlace, changes: readonly TextChange[]): SourcePlace {
  const position = { line: place.line - 1, character: place.column - 1 };
  const { line, character } = movePosition(position, changes);
  return { file: place.file, line: line + 1, column: character + 1 };
}

function keyOf({ line, column }: SourcePlace): string {
  return `${line}:${column}`;
}
