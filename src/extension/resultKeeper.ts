import { DisposableStore, type Disposable } from '../base/disposable';
import { describeError } from '../base/errors';
import type { Investigation } from '../investigation/investigation';
import type { CurrentResult, OpenResult } from './currentResult';
import type { FindingLines } from './findingLines';
import type { ResultStore, StoredResult } from './resultStore';

/** Edits come with every key; what they moved is written when they pause. */
const PAUSE_MS = 1000;

/** What the keeper works with. */
interface ResultKeeperParts {
  readonly store: ResultStore;
  readonly results: CurrentResult;
  readonly lines: FindingLines;
  readonly investigate: (root: string) => Investigation;
  /** Told what could not be read or written. */
  readonly warn: (message: string) => void;
}

/** Keeps the current result over the end of the window, until it is cleared. */
export class ResultKeeper implements Disposable {
  private readonly disposables = new DisposableStore();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: ResultKeeperParts) {
    const { results, lines } = parts;
    this.disposables.add(results.onDidChange(() => this.write()));
    this.disposables.add(lines.onDidChange(() => this.writeSoon()));
  }

  /** Shows what an earlier session stored, unless there is a newer result by then. Never throws. */
  async restore(): Promise<void> {
    const { store, results, investigate } = this.parts;
    let investigation: Investigation | undefined;
    try {
      const stored = await store.load();
      if (!stored || results.value || this.disposables.isDisposed) return;
      investigation = investigate(stored.root);
      investigation.reopen(stored);
      const { report, analysis, snapshots, files } = stored;
      results.set({ report, analysis, snapshots, files }, investigation, stored.root, stored);
    } catch (error) {
      investigation?.dispose();
      this.parts.warn(`The findings of the last session are not shown: ${describeError(error)}`);
    }
  }

  dispose(): void {
    // By now the result itself may be closed, which does not mean that it was cleared.
    if (this.timer && this.parts.results.value) this.write();
    clearTimeout(this.timer);
    this.disposables.dispose();
  }

  private writeSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), PAUSE_MS);
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { store, results } = this.parts;
    try {
      if (results.value) store.save(toStored(results.value));
      else store.remove();
    } catch (error) {
      this.parts.warn(`The findings cannot be kept for the next session: ${describeError(error)}`);
    }
  }
}

function toStored({ report, analysis, snapshots, files, root, ...open }: OpenResult): StoredResult {
  // The report says already what was made of the allocations, which may be many.
  const { allocations: _, ...rest } = analysis;
  const { foundAt, places } = open;
  return { report, analysis: rest, snapshots, files, root, foundAt, moved: places.moved };
}
