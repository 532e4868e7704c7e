import { SnapshotConsent, type Consent } from '../investigation/snapshotConsent';
import type { ProgressLine } from './progress';

/** Puts a question to the person; undefined if nobody is there. */
export type AskPerson = (question: string, signal: AbortSignal) => Promise<string>;

/**
 * The consent of whoever started the command.
 * @param ask Undefined where nobody can be asked.
 */
export function consentAtTerminal(
  given: Consent,
  progress: ProgressLine,
  ask: AskPerson | undefined,
): SnapshotConsent {
  return new SnapshotConsent(given, {
    say: (words) => progress.print(words),
    hints: {
      ask: 'Add --yes to take it anyway, or run leakline sample, which takes none.',
      refuse:
        'Run leakline sample, which takes none, or give the program more memory; --force overrides.',
    },
    ...(ask && {
      ask: async ({ reasons }, signal) => {
        for (const reason of reasons) progress.print(reason);
        const answer = await ask('Take heap snapshots? [y/N] ', signal);
        return /^y(es)?$/i.test(answer.trim());
      },
    }),
  });
}
