import * as l10n from '@vscode/l10n';
import { useMemo } from 'preact/hooks';
import type { MemoryReading } from '../leaks/leakReport';
import { GrowthChart, type GrowthSeries } from './growthChart';

/** Which memory of the process there was after each round. */
export function MemoryChart({ memory }: { readonly memory: readonly MemoryReading[] }) {
  const series = useMemo(() => memorySeries(memory), [memory]);
  return (
    <section>
      <h2>{l10n.t('How memory grew')}</h2>
      <GrowthChart title={l10n.t('Memory after each round')} series={series} />
    </section>
  );
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
