import { formatBytes } from '../base/bytes';
import type { PlaceReference } from './panelContract';
import type { ObjectRow, StatusRow, TreeRow } from './retainerTree';

interface TreeRowViewProps {
  readonly row: TreeRow;
  /** True for the one row that Tab reaches. */
  readonly tabbable: boolean;
  readonly onFocus: () => void;
  /** Click on the row: opens or closes it, or loads what it stands for. */
  readonly onToggle: () => void;
  readonly onOpen: (place: PlaceReference) => void;
}

/** A row of the tree. Names come from the target and are only ever text. */
export function TreeRowView({ row, tabbable, onFocus, onToggle, onOpen }: TreeRowViewProps) {
  const expandable = row.kind === 'object' && row.object.expandable;
  return (
    <div
      role="treeitem"
      class={`row ${row.kind} ${row.level === 1 ? 'step' : 'retainer'}`}
      aria-level={row.level}
      aria-expanded={expandable ? row.expanded : undefined}
      aria-posinset={row.kind === 'object' ? row.position : undefined}
      aria-setsize={row.kind === 'object' ? row.siblings : undefined}
      tabIndex={tabbable ? 0 : -1}
      onFocusIn={onFocus}
      onClick={onToggle}
    >
      {Array.from({ length: row.level - 1 }, (_, index) => (
        <span key={index} class="indent" />
      ))}
      <span class={expandable ? 'twistie' : 'twistie none'} aria-hidden="true" />
      {row.kind === 'object' ? <ObjectText row={row} onOpen={onOpen} /> : <StatusText row={row} />}
    </div>
  );
}

function ObjectText({ row, onOpen }: { row: ObjectRow; onOpen: TreeRowViewProps['onOpen'] }) {
  const { edge, className, objectId, size, place } = row.object;
  const isStep = row.level === 1;
  return (
    <>
      {isStep && row.position === row.siblings && row.siblings > 1 && (
        <span class="tag leaked">Leaked</span>
      )}
      <span class="name">
        {edge !== '' && <span class="edge">{edge}</span>}
        {edge !== '' && <span class="dim"> {isStep ? '→' : 'in'} </span>}
        <span class="class">{className}</span>
        <span class="id"> @{objectId}</span>
      </span>
      {size && (
        <span
          class="size"
          title={`Keeps ${formatBytes(size.retained)} alive, ${formatBytes(size.shallow)} of it its own`}
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
          title={place.label}
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

function StatusText({ row }: { row: StatusRow }) {
  return <span class="status">{row.text}</span>;
}
