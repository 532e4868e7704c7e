import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import type { Finding, MemoryReading } from '../leaks/leakReport';
import { GrowthChart, type GrowthSeries } from './growthChart';

interface GrowthChartsProps {
  readonly resultId: number;
  readonly memory: readonly MemoryReading[];
  /** The selected one. */
  readonly finding: Finding | undefined;
}

/** What piled up at the finding and, beside it, which memory of the process there was. */
export function GrowthCharts({ resultId, memory, finding }: GrowthChartsProps) {
  // By what they are of: each message of the extension has the report anew.
  const found = useMemo(() => (finding ? findingSeries(finding) : []), [resultId, finding?.rank]);
  const whole = useMemo(() => memorySeries(memory), [resultId]);
  return (
    <section>
      <h2>{l10n.t('How memory grew')}</h2>
      <div class="charts">
        {found.length > 0 && (
          <GrowthChart title={l10n.t('This finding since the baseline')} series={found} />
        )}
        <GrowthChart title={l10n.t('Memory after each round')} series={whole} />
      </div>
    </section>
  );
}

/** Where one object grows, as a string does, there is nothing to count. */
function findingSeries({ className, growth: { counts, bytes } }: Finding): GrowthSeries[] {
  const isCounted = counts.some((count) => count > 0);
  return [{ name: className, bytes, ...(isCounted && { counts }) }];
}

function memorySeries(memory: readonly MemoryReading[]): GrowthSeries[] {
  const all: GrowthSeries[] = [
    { name: l10n.t('JavaScript heap'), bytes: memory.map(({ heapBytes }) => heapBytes) },
    {
      name: l10n.t('Buffers and other native memory'),
      bytes: memory.map((at) => at.externalBytes),
    },
    { name: l10n.t('Whole process'), bytes: memory.map(({ residentBytes }) => residentBytes) },
  ];
  // What there is none of, or what nobody could tell, is no line.
  return all.filter(({ bytes }) => bytes.some((value) => value !== undefined && value > 0));
}
