import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import { formatBytes } from '../base/bytes';
import type { Finding } from '../leaks/leakReport';
import { CodeText } from './codeText';

interface FindingListProps {
  readonly findings: readonly Finding[];
  readonly selected: number | undefined;
  readonly onSelect: (rank: number) => void;
}

/** The findings, best first; the arrow keys move the selection. */
export function FindingList({ findings, selected, onSelect }: FindingListProps) {
  const list = useRef<HTMLUListElement>(null);

  const move = (event: KeyboardEvent) => {
    const index = findings.findIndex((finding) => finding.rank === selected);
    const target = listTarget(event.key, index, findings.length);
    const finding = target === undefined ? undefined : findings[target];
    if (target === undefined || !finding) return;
    event.preventDefault();
    onSelect(finding.rank);
    (list.current?.children[target] as HTMLElement | undefined)?.focus();
  };

  return (
    <nav class="findings" aria-label={l10n.t('Findings')}>
      <ul ref={list} role="listbox" aria-label={l10n.t('Findings')} onKeyDown={move}>
        {findings.map((finding) => (
          <li
            key={finding.rank}
            role="option"
            aria-selected={finding.rank === selected}
            tabIndex={finding.rank === selected ? 0 : -1}
            onClick={() => onSelect(finding.rank)}
          >
            <span class="title">
              <CodeText text={finding.title} />
            </span>
            <span class="dim">
              {l10n.t('{0} / round', `+${formatBytes(finding.retainedBytesPerRound)}`)}
            </span>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function listTarget(key: string, index: number, length: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return undefined;
  }
}
