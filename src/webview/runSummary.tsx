import * as l10n from '@vscode/l10n';
import { formatBytes } from '../base/bytes';
import type { LeakReport, Verdict } from '../leaks/leakReport';

interface RunSummaryProps {
  readonly report: LeakReport;
  /** How many findings are left out of the report. */
  readonly ignored: number;
}

/** What the run as a whole says: verdict, growth of the heap, which memory grows, notices. */
export function RunSummary({ report, ignored }: RunSummaryProps) {
  const { verdict, rounds, heapBytes, headline, notices } = report;
  return (
    <header class="summary">
      <p>
        <strong class={`verdict ${verdict}`}>{verdictText(verdict)}</strong>
        <span class="dim">
          {ignored > 0 && `${l10n.t('{0} ignored', ignored)} · `}
          {rounds === 1 ? l10n.t('1 round') : l10n.t('{0} rounds', rounds)} ·{' '}
          {l10n.t('heap {0}', heapBytes.map(formatBytes).join(' → '))}
        </span>
      </p>
      {headline !== undefined && <p class="headline">{headline}</p>}
      {notices.map((notice) => (
        <p class="notice" key={notice}>
          {notice}
        </p>
      ))}
    </header>
  );
}

function verdictText(verdict: Verdict): string {
  switch (verdict) {
    case 'leak':
      return l10n.t('Leak found');
    case 'clean':
      return l10n.t('No leak found');
    case 'inconclusive':
      return l10n.t('Inconclusive');
  }
}
