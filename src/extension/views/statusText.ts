import * as l10n from '@vscode/l10n';
import { formatBytes } from '../../base/bytes';
import { heapTrend, type Trend } from './heapTrend';

/** What the item of the status bar tells of. */
export interface Status {
  /** Name and address of what is attached to. */
  readonly attached: { readonly name: string; readonly address: string } | undefined;
  /** Used bytes of its heap, oldest first. */
  readonly heap: readonly number[];
  /** What is being done. */
  readonly busyWith: string | undefined;
  /** True if a run waits for the person. */
  readonly isWaiting: boolean;
}

const ARROWS: Readonly<Record<Trend, string>> = {
  up: ' $(arrow-up)',
  down: ' $(arrow-down)',
  steady: '',
};
const MAX_NAME = 24;

/** The text of the item, with codicons; undefined if there is nothing to tell. */
export function statusText({ attached, heap, busyWith, isWaiting }: Status): string | undefined {
  if (isWaiting) return `$(bell-dot) Leakline: ${l10n.t('your turn')}`;
  if (busyWith !== undefined && !attached) return '$(sync~spin) Leakline';
  if (!attached) return undefined;
  const icon = busyWith === undefined ? '$(pulse)' : '$(sync~spin)';
  const used = heap.at(-1);
  const memory = used === undefined ? '' : ` ${formatBytes(used)}${ARROWS[heapTrend(heap)]}`;
  return `${icon} ${shortName(attached.name)}${memory}`;
}

/** All of it in words, for the tooltip and for screen readers. */
export function statusTooltip({ attached, heap, busyWith, isWaiting }: Status): string {
  const used = heap.at(-1);
  return [
    attached
      ? l10n.t('Leakline: connected to {0} at {1}', attached.name, attached.address)
      : 'Leakline',
    ...(used === undefined ? [] : [heapSentence(formatBytes(used), heapTrend(heap))]),
    ...(busyWith === undefined ? [] : [busyWith]),
    ...(isWaiting ? [l10n.t('Exercise the program, then continue')] : []),
    l10n.t('Click for what can be done'),
  ].join('\n');
}

function heapSentence(used: string, trend: Trend): string {
  switch (trend) {
    case 'up':
      return l10n.t('Heap: {0} used, rising', used);
    case 'down':
      return l10n.t('Heap: {0} used, falling', used);
    case 'steady':
      return l10n.t('Heap: {0} used, steady', used);
  }
}

/** A codicon in a name that comes from the target would be drawn. */
function shortName(name: string): string {
  const plain = name.replaceAll('$(', '$ (');
  return plain.length > MAX_NAME ? `${plain.slice(0, MAX_NAME - 1)}…` : plain;
}
