import path from 'node:path';
import { formatCounted } from '../base/bytes';
import { LeaklineError } from '../base/errors';
import { isSameProcess, type ProcessIdentity } from '../inspector/processIdentity';

export const LOST_IN_EXTRA_ROUND =
  'The connection to the target was lost in an extra round: this is the result of the rounds before.';

/**
 * The error of a lost connection, which says where the snapshots are that were taken before it.
 * @param kept Absolute paths, at least one, that can be compared with each other, oldest first.
 */
export function lostWith(
  lost: LeaklineError,
  kept: readonly string[],
  cause: unknown = lost,
): LeaklineError {
  const hint = [compareHint(kept), lost.hint].filter((part) => part !== undefined).join(' ');
  return new LeaklineError('connectionLost', `${lost.message} ${keptText(kept)}`, hint, { cause });
}

/** What the reader of a report must know whose run went on over a new connection. */
export function reconnectedNotice(
  before: ProcessIdentity,
  now: ProcessIdentity,
  kept: readonly string[],
): string {
  const reason = isSameProcess(before, now)
    ? 'The connection to the target was lost and made anew, and with the old one V8 dropped its object ids.'
    : `The target was restarted in the middle of the run (${nameOf(before)} has ended, ${nameOf(now)} took its place).`;
  const sentences = [
    reason,
    'Snapshots from before and after cannot be compared, so a new baseline was taken.',
    keptText(kept),
    compareHint(kept),
  ];
  return sentences.filter((sentence) => sentence !== undefined).join(' ');
}

function keptText(kept: readonly string[]): string {
  const they = kept.length === 1 ? 'that was taken before is' : 'that were taken before are';
  return (
    `${formatCounted(kept.length, 'snapshot')} ${they} kept in ${path.dirname(kept[0])}: ` +
    'delete them when you have done, for they hold all that the program had in memory.'
  );
}

function compareHint(kept: readonly string[]): string | undefined {
  if (kept.length < 2) return undefined;
  return `Compare what there is with: leakline diff ${kept.map((file) => `"${file}"`).join(' ')}`;
}

function nameOf({ pid, startedAt }: ProcessIdentity): string {
  const start = startedAt === undefined ? '' : `, started ${new Date(startedAt).toISOString()}`;
  return pid === undefined ? `a process${start}` : `process ${pid}${start}`;
}
