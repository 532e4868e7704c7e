import * as l10n from '@vscode/l10n';
import { LeaklineError } from '../../base/errors';
import { Emitter } from '../../base/event';
import type { ExerciseStep } from '../../investigation/investigation';

/** A run that waits for the person to have exercised the program. */
export interface WaitingStep {
  /** Such as `Round 1 of 3`. */
  readonly title: string;
  /** Why there is such a step, if it was not planned; a sentence. */
  readonly reason?: string;
  /** The person is done; does nothing once the run has gone on. */
  proceed(): void;
}

/** The exercise that a person does by hand, between the snapshots of a guided run. */
export class ManualExercise {
  private readonly changed = new Emitter<WaitingStep | undefined>();
  readonly onDidChange = this.changed.event;
  private step: WaitingStep | undefined;

  /** What the run waits for now. */
  get waiting(): WaitingStep | undefined {
    return this.step;
  }

  /**
   * Resolves when the person goes on.
   * @throws LeaklineError `cancelled` if the signal is aborted.
   */
  async wait(exercise: ExerciseStep, signal: AbortSignal): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        const cancel = () => reject(new LeaklineError('cancelled', 'Cancelled.'));
        if (signal.aborted) return cancel();
        signal.addEventListener('abort', cancel, { once: true });
        const proceed = () => {
          signal.removeEventListener('abort', cancel);
          resolve();
        };
        const reason = exercise.kind === 'extra' && { reason: reasonForMore() };
        this.set({ title: exerciseTitle(exercise), ...reason, proceed });
      });
    } finally {
      this.set(undefined);
    }
  }

  private set(step: WaitingStep | undefined): void {
    this.step = step;
    this.changed.fire(step);
  }
}

function reasonForMore(): string {
  return l10n.t('It is still in doubt what leaks, which another round like the others tells.');
}

/** An exercise for people: `Warm-up 1 of 1`, `Round 2 of 3`, `Extra round 1 of at most 3`. */
export function exerciseTitle({ kind, index, of }: ExerciseStep): string {
  switch (kind) {
    case 'warmup':
      return l10n.t('Warm-up {0} of {1}', index, of);
    case 'round':
      return l10n.t('Round {0} of {1}', index, of);
    case 'extra':
      return l10n.t('Extra round {0} of at most {1}', index, of);
  }
}
