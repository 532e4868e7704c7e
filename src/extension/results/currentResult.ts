import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { Investigation, InvestigationResult } from '../../investigation/investigation';
import type { Finding, LeakReport } from '../../leaks/leakReport';
import { withoutIgnored, type IgnoredFindings, type OpenReport } from './ignoredFindings';
import { TrackedPlaces, type MovedPlace } from './trackedPlaces';

/** A result that is being looked at, with the investigation that still answers for it. */
export interface OpenResult extends InvestigationResult, OpenReport {
  /** Tells one result from the next. */
  readonly id: number;
  /** With what is ignored. */
  readonly wholeReport: LeakReport;
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

/**
 * The one result that diagnostics, tree and panel show, without what is ignored now. Owns its
 * investigation.
 */
export class CurrentResult implements Disposable {
  private readonly changed = new Emitter<OpenResult | undefined>();
  readonly onDidChange = this.changed.event;
  private open: OpenResult | undefined;
  private ids = 0;
  private readonly subscription: Disposable;

  constructor(private readonly known: IgnoredFindings) {
    this.subscription = known.onDidChange(() => {
      if (this.open)
        this.show({ ...this.open, ...this.split(this.open.root, this.open.wholeReport) });
    });
  }

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
    return this.show({
      ...result,
      ...this.split(root, result.report),
      ...{ id: ++this.ids, root, investigation, foundAt, places },
    });
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
    const { wholeReport, root } = this.open;
    const findings = wholeReport.findings.filter((finding) => finding.rank !== rank);
    if (findings.length === wholeReport.findings.length) return;
    if (findings.length === 0) return this.clear();
    this.show({ ...this.open, ...this.split(root, { ...wholeReport, findings }) });
  }

  clear(): void {
    if (!this.open) return;
    this.open.investigation.dispose();
    this.open = undefined;
    this.changed.fire(undefined);
  }

  dispose(): void {
    this.subscription.dispose();
    this.open?.investigation.dispose();
    this.open = undefined;
    this.changed.dispose();
  }

  private split(
    root: string,
    wholeReport: LeakReport,
  ): OpenReport & Pick<OpenResult, 'wholeReport'> {
    const isIgnored = (finding: Finding) => this.known.entryOf(root, finding) !== undefined;
    return { ...withoutIgnored(wholeReport, isIgnored), wholeReport };
  }

  private show(open: OpenResult): OpenResult {
    this.open = open;
    this.changed.fire(open);
    return open;
  }
}
