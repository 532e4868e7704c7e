import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { InvestigationPlan, RunStage } from '../../investigation/investigation';

/** What is known of a run that is at work. */
export interface RunState {
  /** The program's name. */
  readonly title: string;
  readonly plan: InvestigationPlan;
  /** Undefined before the first. */
  readonly stage: RunStage | undefined;
}

/** The run that is at work, for those who show its steps. */
export class GuidedRun implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private current: RunState | undefined;
  private skip: AbortController | undefined;

  get state(): RunState | undefined {
    return this.current;
  }

  /** True in a round beyond the planned ones: there is a result already. */
  get canShowResult(): boolean {
    return this.current?.stage?.kind === 'extra';
  }

  begin(title: string, plan: InvestigationPlan): void {
    this.set({ title, plan, stage: undefined });
  }

  /** Aborted when the person wants the result that there is instead of this stage. */
  get skipSignal(): AbortSignal | undefined {
    return this.skip?.signal;
  }

  enter(stage: RunStage): void {
    this.skip = new AbortController();
    if (this.current) this.set({ ...this.current, stage });
  }

  /** Ends an extra round with the result that there is. */
  showResult(): void {
    if (this.canShowResult) this.skip?.abort();
  }

  end(): void {
    this.set(undefined);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private set(state: RunState | undefined): void {
    this.current = state;
    this.changed.fire();
  }
}
