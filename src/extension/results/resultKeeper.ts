import { DisposableStore, type Disposable } from '../../base/disposable';
import { describeError } from '../../base/errors';
import type { Investigation } from '../../investigation/investigation';
import type { LeakAnalysis } from '../../leaks/leakAnalysis';
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
  readonly investigate: (root: string) => Promise<Investigation>;
  /** Told what could not be read or written. */
  readonly warn: (message: string) => void;
}

/** Keeps the current result over the end of the window, until it is cleared. */
export class ResultKeeper implements Disposable {
  private readonly disposables = new DisposableStore();
  /** What is to be kept, even after the window has closed it. */
  private result: OpenResult | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: ResultKeeperParts) {
    const { results, lines } = parts;
    this.disposables.add(
      results.onDidChange((result) => {
        this.result = result;
        this.write();
      }),
    );
    this.disposables.add(lines.onDidChange(() => this.writeSoon()));
  }

  /** Shows what an earlier session stored, unless there is a newer result by then. Never throws. */
  async restore(): Promise<void> {
    const { store, results, investigate } = this.parts;
    let investigation: Investigation | undefined;
    try {
      const stored = await store.load();
      if (!stored) return;
      investigation = await investigate(stored.root);
      if (results.value || this.disposables.isDisposed) return investigation.dispose();
      investigation.reopen(stored);
      const { report, analysis, snapshots, files } = stored;
      results.set({ report, analysis, snapshots, files }, investigation, stored.root, stored);
    } catch (error) {
      investigation?.dispose();
      this.parts.warn(`The findings of the last session are not shown: ${describeError(error)}`);
    }
  }

  dispose(): void {
    if (this.timer) this.write();
    this.disposables.dispose();
  }

  private writeSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), PAUSE_MS);
  }

  private write(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { store } = this.parts;
    try {
      if (this.result) store.save(toStored(this.result));
      else store.remove();
    } catch (error) {
      this.parts.warn(`The findings cannot be kept for the next session: ${describeError(error)}`);
    }
  }
}

function toStored({ analysis, snapshots, files, root, ...open }: OpenResult): StoredResult {
  return {
    ...{ report: open.wholeReport, analysis: withoutAllocations(analysis), snapshots, files, root },
    ...{ foundAt: open.foundAt, moved: open.places.moved },
  };
}

/** The report says already what was made of the allocations, which may be many. */
function withoutAllocations(analysis: LeakAnalysis): LeakAnalysis {
  const { verdict, inDoubt, rounds, heapBytes, externalBytes, suspects, scripts } = analysis;
  return { verdict, inDoubt, rounds, heapBytes, externalBytes, suspects, scripts };
}
