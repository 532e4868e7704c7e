import { DisposableStore, type Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { SourcePlace } from '../../investigation/investigation';
import type { Finding } from '../../leaks/leakReport';
import type { CurrentResult, OpenResult } from './currentResult';
import type { TextChange } from './movePosition';
import { absolutePlace } from './places';

/** A finding at its line. */
export interface FindingLine {
  readonly result: OpenResult;
  readonly finding: Finding;
  /** Where its first site is now. */
  readonly place: SourcePlace;
  /** True if the file is not the code that ran any more. */
  readonly isStale: boolean;
}

/**
 * Which finding is at which line now. All that is shown in editors and among the problems asks here,
 * so that it agrees.
 */
export class FindingLines implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  /** Another result, a finding dismissed or ignored, or a line that has moved. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly results: CurrentResult) {
    this.disposables.add(results.onDidChange(() => this.changed.fire()));
  }

  /** Findings whose line is known here and that nobody ignores, best first. */
  get all(): FindingLine[] {
    const result = this.results.value;
    if (!result) return [];
    return result.report.findings.flatMap((finding) => {
      const [first] = finding.sites;
      if (!first || first.unmapped) return [];
      const place = result.places.now(absolutePlace(result.root, first));
      return { result, finding, place, isStale: result.places.isStale(place.file) };
    });
  }

  /** Of one file, by its absolute path. */
  inFile(file: string): FindingLine[] {
    return this.all.filter(({ place }) => place.file === file);
  }

  /** Absolute paths of the files that the current result names. */
  get files(): string[] {
    return this.results.value?.places.files ?? [];
  }

  /** Follows an edit; see TrackedPlaces. @param text What a file has after `changes`. */
  edit(file: string, changes: readonly TextChange[], text: () => string): void {
    if (!this.files.includes(file)) return;
    if (this.results.value?.places.edit(file, changes, text())) this.changed.fire();
  }

  /** Looks whether a file is what it was at the run. @param text Undefined if it is gone. */
  check(file: string, text: string | undefined): void {
    if (this.results.value?.places.check(file, text)) this.changed.fire();
  }

  dispose(): void {
    this.disposables.dispose();
  }
}
