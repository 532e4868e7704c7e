import * as vscode from 'vscode';
import { LeaklineError } from '../base/errors';
import { Emitter } from '../base/event';
import type { ProgressListener } from '../base/progress';
import { TimeLeft } from '../base/timeLeft';
import { progressText } from './progressText';

/** What long work gets from the one who shows it. */
export interface Job {
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/** Runs long work, one at a time, with progress in a notification that can cancel it. */
export class Jobs implements vscode.Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private running: { readonly title: string; readonly abort: AbortController } | undefined;

  get isBusy(): boolean {
    return this.running !== undefined;
  }

  /** What is being done, as its progress is titled. */
  get title(): string | undefined {
    return this.running?.title;
  }

  /** @throws LeaklineError `usage` while other work runs; else what `work` throws. */
  async run<T>(title: string, work: (job: Job) => Promise<T>): Promise<T> {
    if (this.running) {
      throw new LeaklineError(
        'usage',
        vscode.l10n.t('Leakline is busy: {0}.', this.running.title),
        vscode.l10n.t('Wait for it to end, or cancel it.'),
      );
    }
    const abort = new AbortController();
    this.running = { title, abort };
    this.changed.fire();
    try {
      return await this.show(title, abort, work);
    } finally {
      this.running = undefined;
      this.changed.fire();
    }
  }

  /** Asks the running work to end; it then throws `cancelled`. */
  cancel(): void {
    this.running?.abort.abort();
  }

  dispose(): void {
    this.cancel();
    this.changed.dispose();
  }

  private async show<T>(
    title: string,
    abort: AbortController,
    work: (job: Job) => Promise<T>,
  ): Promise<T> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `Leakline: ${title}`,
      cancellable: true,
    };
    return vscode.window.withProgress(options, async (progress, token) => {
      const subscription = token.onCancellationRequested(() => abort.abort());
      let shown = '';
      const timeLeft = new TimeLeft();
      const onProgress: ProgressListener = (step) => {
        const { fraction } = step;
        const left =
          fraction === undefined ? undefined : timeLeft.update(fraction, performance.now());
        const message = progressText(step, left);
        if (message === shown) return;
        shown = message;
        progress.report({ message });
      };
      try {
        return await work({ signal: abort.signal, onProgress });
      } finally {
        subscription.dispose();
      }
    });
  }
}
