import type { ReportedFile, SourcePlace } from '../investigation/investigation';
import type { LeakReport } from '../leaks/leakReport';
import { textHash } from '../source/textHash';
import { movePosition, type TextChange } from './movePosition';
import { absolutePlace } from './places';

/** A place of the report, and where it is now; lines and columns from 1. */
export interface MovedPlace {
  readonly was: SourcePlace;
  readonly is: SourcePlace;
}

interface TrackedFile {
  readonly reported: ReportedFile;
  /** Where places are now, by `keyOf` what they were. */
  readonly places: Map<string, MovedPlace>;
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
      for (const place of [...sites, ...path.flatMap(({ site }) => site ?? [])]) {
        const was = absolutePlace(root, place);
        this.fileOf.get(was.file)?.places.set(keyOf(was), { was, is: was });
      }
    }
    for (const place of moved) this.fileOf.get(place.was.file)?.places.set(keyOf(place.was), place);
  }

  /** Absolute paths of the files that the report names. */
  get files(): string[] {
    return [...this.fileOf.keys()];
  }

  /** What is not any more where it was. */
  get moved(): MovedPlace[] {
    const all = [...this.fileOf.values()].flatMap(({ places }) => [...places.values()]);
    return all.filter(({ was, is }) => keyOf(was) !== keyOf(is));
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
    let hasMoved = false;
    for (const [key, { was, is }] of tracked.places) {
      const place = movePlace(is, changes);
      if (keyOf(place) === keyOf(is)) continue;
      tracked.places.set(key, { was, is: place });
      hasMoved = true;
    }
    return this.check(file, text) || hasMoved;
  }

  /**
   * Compares a file with what it was at the run. A text that is the same again has every place where
   * it was: that is how an edit is undone.
   * @param text Undefined if the file is gone.
   * @returns as `edit`
   */
  check(file: string, text: string | undefined): boolean {
    const tracked = this.fileOf.get(file);
    if (!tracked) return false;
    const { isChanged, places, reported } = tracked;
    tracked.isChanged = text === undefined || textHash(text) !== reported.hash;
    let hasMoved = false;
    for (const [key, { was, is }] of tracked.isChanged ? [] : places) {
      hasMoved ||= keyOf(was) !== keyOf(is);
      places.set(key, { was, is: was });
    }
    return hasMoved || tracked.isChanged !== isChanged;
  }
}

function movePlace(place: SourcePlace, changes: readonly TextChange[]): SourcePlace {
  const position = { line: place.line - 1, character: place.column - 1 };
  const { line, character } = movePosition(position, changes);
  return { file: place.file, line: line + 1, column: character + 1 };
}

function keyOf({ line, column }: SourcePlace): string {
  return `${line}:${column}`;
}
