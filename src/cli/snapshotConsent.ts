import { LeaklineError, throwIfAborted } from '../base/errors';
import type { SnapshotVerdict } from '../care/snapshotVerdict';
import type { ProgressLine } from './progress';

/** What the command line says to snapshots that may do harm, and to those that will. */
export type Consent = 'ask' | 'yes' | 'force';

/** Puts a question to the person; undefined if nobody is there. */
export type AskPerson = (question: string, signal: AbortSignal) => Promise<string>;

/** Sees to it that no snapshot is taken that may do harm and that nobody agreed to. */
export class SnapshotConsent {
  private isFirst = true;

  /** @param ask Undefined where nobody can be asked. */
  constructor(
    private given: Consent,
    private readonly progress: ProgressLine,
    private readonly ask: AskPerson | undefined,
  ) {}

  /** @throws LeaklineError `tooCostly` if a snapshot is not to be taken, or `cancelled` */
  async obtain(verdict: SnapshotVerdict, signal: AbortSignal): Promise<void> {
    if (this.isFirst) this.progress.print(verdict.estimate);
    this.isFirst = false;
    if (verdict.decision === 'go' || this.given === 'force') return;
    if (verdict.decision === 'refuse') throw tooCostly(verdict, HINTS.refuse);
    if (this.given === 'yes') return;
    if (!this.ask) throw tooCostly(verdict, HINTS.ask);
    for (const reason of verdict.reasons) this.progress.print(reason);
    const answer = await this.ask('Take heap snapshots? [y/N] ', signal);
    throwIfAborted(signal);
    if (!/^y(es)?$/i.test(answer.trim())) throw tooCostly(verdict, HINTS.ask);
    this.given = 'yes';
  }
}

const HINTS = {
  ask: 'Add --yes to take it anyway, or run leakline sample, which takes none.',
  refuse:
    'Run leakline sample, which takes none, or give the program more memory; --force overrides.',
};

function tooCostly({ estimate, reasons }: SnapshotVerdict, hint: string): LeaklineError {
  return new LeaklineError(
    'tooCostly',
    `No heap snapshot was taken. ${[estimate, ...reasons].join(' ')}`,
    hint,
  );
}
