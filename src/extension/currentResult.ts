import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/event';
import type { Investigation, InvestigationResult } from '../investigation/investigation';

/** A result that is being looked at, with the investigation that still answers for it. */
export interface OpenResult extends InvestigationResult {
  /** Tells one result from the next. */
  readonly id: number;
  /** Absolute; files of the report are relative to it. */
  readonly root: string;
  readonly investigation: Investigation;
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
  set(result: InvestigationResult, investigation: Investigation, root: string): OpenResult {
    this.open?.investigation.dispose();
    this.open = { ...result, id: ++this.ids, root, investigation };
    this.changed.fire(this.open);
    return this.open;
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
