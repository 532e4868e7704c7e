import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { Investigation, InvestigationResult } from '../../investigation/investigation';
import { TrackedPlaces, type MovedPlace } from './trackedPlaces';

/** A result that is being looked at, with the investigation that still answers for it. */
export interface OpenResult extends InvestigationResult {
  /** Tells one result from the next. */
  readonly id: number;
  /** Absolute; files of the report are relative to it. */
  readonly root: string;
  readonly investigation: Investigation;
  /** When it was found, in milliseconds since 1970. */
  readonly foundAt: number;
  /** Where the places of the report are now. */
  readonly places: TrackedPlaces;
}

/** What is known besides of a result that an earlier session found. */
export interface EarlierResult {
  readonly foundAt: number;
  readonly moved: readonly MovedPlace[];
}

/** The one result that diagnostics, tree and panel show. Owns its investigation. */
export class CurrentResult implements Disposable {
  private readonly changed = new Emitter<OpenResult | undefined>();
  readonly onDidChange = this.changed.event;
  private open: OpenResult | undefined;
  private ids = 0;

  get value(): OpenResult | undefined {
    return this.open;
  }

  /** Shows another result and closes the one before. */
  set(
    result: InvestigationResult,
    investigation: Investigation,
    root: string,
    { foundAt, moved }: EarlierResult = { foundAt: Date.now(), moved: [] },
  ): OpenResult {
    this.open?.investigation.dispose();
    const places = new TrackedPlaces(root, result.report, result.files, moved);
    this.open = { ...result, id: ++this.ids, root, investigation, foundAt, places };
    this.changed.fire(this.open);
    return this.open;
  }

  /** Shows the same result with its places found anew. */
  update(result: InvestigationResult): void {
    if (!this.open) return;
    const { root, places } = this.open;
    const tracked = new TrackedPlaces(root, result.report, result.files, places.moved);
    this.open = { ...this.open, ...result, places: tracked };
    this.changed.fire(this.open);
  }

  /** Leaves a finding out from now on; with the last one goes the result. */
  dismiss(rank: number): void {
    if (!this.open) return;
    const { report } = this.open;
    const findings = report.findings.filter((finding) => finding.rank !== rank);
    if (findings.length === report.findings.length) return;
    if (findings.length === 0) return this.clear();
    this.open = { ...this.open, report: { ...report, findings } };
    this.changed.fire(this.open);
  }

  clear(): void {
    if (!this.open) return;
    this.open.investigation.dispose();
    this.open = undefined;
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.open?.investigation.dispose();
    this.open = undefined;
    this.changed.dispose();
  }
}
