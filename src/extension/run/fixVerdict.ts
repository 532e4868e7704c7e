import * as l10n from '@vscode/l10n';
import { formatBytes, formatCount } from '../../base/bytes';
import type { Finding, LeakReport, LeakShape } from '../../leaks/leakReport';
import { plainText } from '../../report/plainText';

/** What is kept of a finding to know it again in another run of changed code. */
export interface Leak {
  readonly title: string;
  readonly shape: LeakShape;
  readonly className: string;
  /** Files of its lines; the lines themselves may move. */
  readonly files: readonly string[];
  readonly countPerRound: number;
  readonly retainedBytesPerRound: number;
}

/** How a fix did, for people. */
export interface FixVerdict {
  /** `unknown` if the run after it was in doubt. */
  readonly outcome: 'fixed' | 'notFixed' | 'unknown';
  /** With the numbers of before and after. */
  readonly text: string;
}

export function leakOf(finding: Finding): Leak {
  const { title, shape, className, sites, countPerRound, retainedBytesPerRound } = finding;
  const files = [...new Set(sites.map(({ file }) => file))];
  return { title, shape, className, files, countPerRound, retainedBytesPerRound };
}

/** True if both are the same place where the same things pile up. */
export function isSameLeak(one: Leak, other: Leak): boolean {
  if (one.shape !== other.shape || one.className !== other.className) return false;
  if (one.files.length === 0 || other.files.length === 0) return true;
  return one.files.some((file) => other.files.includes(file));
}

/** Compares what leaked before a fix with a run after it. */
export function judgeFix(before: readonly Leak[], after: LeakReport): FixVerdict {
  const leaks = after.findings.map(leakOf);
  const left = before.flatMap((leak) => {
    const same = leaks.find((other) => isSameLeak(leak, other));
    return same ? [{ leak, same }] : [];
  });
  const [first] = left;
  if (first) {
    const { leak, same } = first;
    const gone = before.length - left.length;
    const count =
      before.length > 1
        ? l10n.t('{0} of {1} leaks fixed', gone, before.length)
        : l10n.t('Not fixed');
    const text = l10n.t(
      '{0}: {1}: {2} before, {3} now.',
      count,
      titleOf(same),
      growth(leak),
      growth(same),
    );
    return { outcome: 'notFixed', text };
  }
  const was = before
    .map((leak) => l10n.t('{0}: {1} before', titleOf(leak), growth(leak)))
    .join('; ');
  if (after.verdict === 'inconclusive') {
    const text = l10n.t('Not found again, but the run was inconclusive. {0}.', was);
    return { outcome: 'unknown', text };
  }
  const heap = [after.heapBytes[0] ?? 0, after.heapBytes.at(-1) ?? 0].map(formatBytes).join(' → ');
  const text = l10n.t('Fixed. {0}; no growth now (heap {1}).', was, heap);
  return { outcome: 'fixed', text };
}

function titleOf({ title }: Leak): string {
  return plainText(title, 200).replaceAll('`', '');
}

function growth({ countPerRound, retainedBytesPerRound, className }: Leak): string {
  const bytes = `${retainedBytesPerRound < 0 ? '' : '+'}${formatBytes(retainedBytesPerRound)}`;
  const count =
    countPerRound === 0 ? '' : `+${formatCount(countPerRound)} ${plainText(className, 60)}, `;
  return l10n.t('{0} per round', `${count}${bytes}`);
}
