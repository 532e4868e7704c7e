import { formatBytes } from '../base/bytes';
import type { MemoryPart, PartTrend, TriageReport } from './triage';

/** What each part is called. */
export const PART_NAMES: Readonly<Record<MemoryPart, string>> = {
  heap: 'JavaScript heap',
  external: 'ArrayBuffers and other external memory',
  native: 'native memory',
  outside: 'memory outside of the JavaScript heap',
  resident: 'physical memory (RSS)',
};

type Judged = Omit<TriageReport, 'headline' | 'advice'>;

/** Which memory grows, in one or two sentences. */
export function headlineOf({ verdict, parts, seconds, missing }: Judged): string {
  if (verdict === 'none') {
    const blind = missing.some((what) => what.startsWith('Physical'))
      ? ' What cannot be seen from here may.'
      : '';
    return `No memory grows beyond what any program's does in ${Math.round(seconds)} s.${blind}`;
  }
  if (verdict === 'unclear') return unclear(parts);
  const main = parts.find(({ part }) => part === verdict);
  const heap = parts.find(({ part }) => part === 'heap');
  const flat = verdict !== 'heap' && heap?.trend === 'steady';
  return `${capital(PART_NAMES[verdict])} grows${speed(main)}.${flat ? ' The JavaScript heap does not.' : ''}`;
}

function unclear(parts: readonly PartTrend[]): string {
  const rising = parts.find(({ trend, part }) => trend === 'rises' && part !== 'resident');
  if (!rising) return 'The readings are too few to tell.';
  return (
    `${capital(PART_NAMES[rising.part])} rises${speed(rising)}, but too little garbage was collected ` +
    'meanwhile to tell whether it stays.'
  );
}

/** What to do next. */
export function adviceOn({ verdict }: Pick<TriageReport, 'verdict'>): string {
  switch (verdict) {
    case 'heap':
      return (
        'Run leakline sample: it names the functions whose objects keep growing and takes no ' +
        'snapshot. leakline find then names what keeps them.'
      );
    case 'external':
      return (
        'Look for Buffers and ArrayBuffers that are kept. leakline find shows the objects that hold ' +
        'them: small in the heap, they own the memory outside. Sampling does not see it.'
      );
    case 'native':
      return (
        'A heap snapshot would be the wrong thing: it does not show this memory. Look at native ' +
        'addons, worker threads, child libraries such as image or TLS code, and at fragmentation ' +
        'of malloc (try MALLOC_ARENA_MAX=2 or jemalloc).'
      );
    case 'outside':
      return (
        'It is Buffers, ArrayBuffers or native memory; this process does not tell which. Where it is ' +
        'Buffers, leakline find shows what holds them; where it is native memory, a heap snapshot ' +
        'would be the wrong thing.'
      );
    case 'none':
      return (
        'A heap snapshot would show nothing that grows. Watch for longer (--seconds), and while the ' +
        'program has the load under which it grew.'
      );
    case 'unclear':
      return (
        'Run again with --collect, which collects garbage before each reading (a short pause each), ' +
        'or watch for longer (--seconds).'
      );
  }
}

function speed(trend: PartTrend | undefined): string {
  if (!trend) return '';
  const [least, most] = trend.perMinuteRange;
  return ` by about ${formatBytes(trend.perMinute)} a minute (${formatBytes(least)} to ${formatBytes(most)})`;
}

function capital(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}
