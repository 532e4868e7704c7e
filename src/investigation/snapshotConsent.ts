import { LeaklineError, throwIfAborted } from '../base/errors';
import type { SnapshotVerdict } from '../care/snapshotVerdict';

/** What a person says beforehand to snapshots that may do harm, and to those that will. */
export type Consent = 'ask' | 'yes' | 'force';

/** Who is asked, and told. */
export interface ConsentParty {
  readonly say: (words: string) => void;
  /** True if snapshots may be taken; not there where nobody can be asked. */
  readonly ask?: (verdict: SnapshotVerdict, signal: AbortSignal) => Promise<boolean>;
  /** What to do after a no, and after a refusal. */
  readonly hints: Readonly<Record<'ask' | 'refuse', string>>;
}

/** Sees to it that no snapshot is taken that may do harm and that nobody agreed to. */
export class SnapshotConsent {
  private isFirst = true;

  constructor(
    private given: Consent,
    private readonly party: ConsentParty,
  ) {}

  /** @throws LeaklineError `tooCostly` if a snapshot is not to be taken, or `cancelled` */
  async obtain(verdict: SnapshotVerdict, signal: AbortSignal): Promise<void> {
    const { say, ask, hints } = this.party;
    if (this.isFirst) say(verdict.estimate);
    this.isFirst = false;
    if (verdict.decision === 'go' || this.given === 'force') return;
    if (verdict.decision === 'refuse') throw tooCostly(verdict, hints.refuse);
    if (this.given === 'yes') return;
    const agreed = ask && (await ask(verdict, signal));
    throwIfAborted(signal);
    if (!agreed) throw tooCostly(verdict, hints.ask);
    this.given = 'yes';
  }
}

function tooCostly({ estimate, reasons }: SnapshotVerdict, hint: string): LeaklineError {
  return new LeaklineError(
    'tooCostly',
    `No heap snapshot was taken. ${[estimate, ...reasons].join(' ')}`,
    hint,
  );
}
