import { formatBytes } from '../base/bytes';
import type { LeakReport, Verdict } from '../leaks/leakReport';

const VERDICTS: Record<Verdict, string> = {
  leak: 'Leak found',
  clean: 'No leak found',
  inconclusive: 'Inconclusive',
};

/** What the run as a whole says: verdict, growth of the heap, which memory grows, notices. */
export function RunSummary({ report }: { readonly report: LeakReport }) {
  const { verdict, rounds, heapBytes, headline, notices } = report;
  return (
    <header class="summary">
      <p>
        <strong class={`verdict ${verdict}`}>{VERDICTS[verdict]}</strong>
        <span class="dim">
          {rounds === 1 ? '1 round' : `${rounds} rounds`} · heap{' '}
          {heapBytes.map(formatBytes).join(' → ')}
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
