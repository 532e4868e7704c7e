import * as l10n from '@vscode/l10n';
import { formatBytes } from '../base/bytes';
import type { PlaceReference, RowContext } from './panelContract';
import type { ObjectRow, TreeRow } from './retainerTree';

interface TreeRowViewProps {
  readonly row: TreeRow;
  /** In CSS pixels, within the list of rows. */
  readonly top: number;
  /** True for the one row that Tab reaches. */
  readonly tabbable: boolean;
  readonly onFocus: () => void;
  /** Click on the row: opens or closes it, or does what it offers. */
  readonly onToggle: () => void;
  readonly onOpen: (place: PlaceReference) => void;
}

/** A row of the tree. Names come from the target and are only ever text. */
export function TreeRowView({ row, top, tabbable, onFocus, onToggle, onOpen }: TreeRowViewProps) {
  const expandable = row.kind === 'object' && row.object.expandable;
  return (
    <div
      role="treeitem"
      class={`row ${row.kind} ${row.level === 1 ? 'step' : 'retainer'}`}
      style={{ transform: `translateY(${top}px)` }}
      aria-level={row.level}
      aria-expanded={expandable ? row.expanded : undefined}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-busy={row.kind === 'loading' ? true : undefined}
      tabIndex={tabbable ? 0 : -1}
      data-key={row.key}
      data-vscode-context={JSON.stringify(contextOf(row))}
      onFocusIn={onFocus}
      onClick={onToggle}
    >
      {Array.from({ length: row.level - 1 }, (_, index) => (
        <span key={index} class="indent" />
      ))}
      <span class={`twistie ${twistie(row)}`} aria-hidden="true" />
      {row.kind === 'object' ? (
        <ObjectText row={row} onOpen={onOpen} />
      ) : (
        <span class="status">{row.text}</span>
      )}
    </div>
  );
}

function twistie(row: TreeRow): string {
  if (row.kind === 'folded') return 'codicon codicon-unfold';
  if (row.kind !== 'object' || !row.object.expandable) return '';
  return row.expanded ? 'codicon codicon-chevron-down' : 'codicon codicon-chevron-right';
}

/** What the context menu needs to know of a row; what is no object has no menu. */
function contextOf(row: TreeRow): RowContext | object {
  const nothingElse = { preventDefaultContextMenuItems: true } as const;
  if (row.kind !== 'object') return nothingElse;
  const { place } = row.object;
  return {
    ...nothingElse,
    webviewSection: 'row',
    leaklineRow: row.key,
    ...(place && { leaklinePlace: place.reference }),
  };
}

function ObjectText({ row, onOpen }: { row: ObjectRow; onOpen: TreeRowViewProps['onOpen'] }) {
  const { edge, className, objectId, size, place } = row.object;
  const isStep = row.level === 1;
  return (
    <>
      {isStep && row.position === row.siblings && row.siblings !== 1 && (
        <span class="tag leaked">{l10n.t('Leaked')}</span>
      )}
      <span class="name">
        {edge !== '' && <span class="edge">{edge}</span>}
        {edge !== '' && (
          <span class="dim">
            {' '}
            {isStep
              ? '→'
              : l10n.t({ message: 'in', comment: 'A property, in, the class that has it' })}{' '}
          </span>
        )}
        <span class="class">{className}</span>
        <span class="id"> @{objectId}</span>
      </span>
      {size && (
        <span
          class="size"
          title={l10n.t(
            'Keeps {0} alive, {1} of it its own',
            formatBytes(size.retained),
            formatBytes(size.shallow),
          )}
        >
          {formatBytes(size.retained)}
        </span>
      )}
      {place && (
        <button
          type="button"
          class="link"
          // Enter on the row does the same; a tree is one tab stop.
          tabIndex={-1}
          title={l10n.t('Reveal {0} in source', place.label)}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(place.reference);
          }}
        >
          {place.label}
        </button>
      )}
    </>
  );
}
