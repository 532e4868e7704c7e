import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { PlaceReference } from './panelContract';
import type { PanelState } from './panelState';
import type { RetainerTree, TreeRow } from './retainerTree';
import { TreeRowView } from './treeRowView';
import { treeAction } from './treeKeyboard';

type TreeState = Pick<PanelState, 'expanded' | 'focusedKey' | 'scrollTop'>;

interface RetainerTreeViewProps {
  readonly tree: RetainerTree;
  /** Id of the heading. */
  readonly labelledBy: string;
  readonly saved: TreeState | undefined;
  readonly save: (state: TreeState) => void;
  readonly open: (place: PlaceReference) => void;
}

/** A WAI-ARIA tree: one tab stop, the arrow keys move in it, Enter opens the line. */
export function RetainerTreeView({ tree, labelledBy, saved, save, open }: RetainerTreeViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const rows = useRows(tree);
  const [focusedKey, setFocusedKey] = useState(saved?.focusedKey);
  const focused = rows.find((row) => row.key === focusedKey) ?? rows[0];

  useSavedState(tree, focusedKey, saved, save);

  const focus = (key: string) => {
    setFocusedKey(key);
    rowElement(element.current, rows, key)?.focus();
  };

  useFocusOfGoneRow(rows, focusedKey, focus);

  const activate = (row: TreeRow) => {
    if (row.kind !== 'object') tree.loadMore(row);
    else if (row.object.place) open(row.object.place.reference);
    else tree.toggle(row);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!focused || event.ctrlKey || event.altKey || event.metaKey) return;
    const action = treeAction(rows, focused, event.key);
    if (!action) return;
    event.preventDefault();
    if (action.kind === 'focus') focus(action.key);
    else if (action.kind === 'activate') activate(focused);
    else if (focused.kind === 'object') tree[action.kind](focused);
  };

  return (
    <div ref={element} class="tree" role="tree" aria-labelledby={labelledBy} onKeyDown={onKeyDown}>
      {rows.map((row) => (
        <TreeRowView
          key={row.key}
          row={row}
          tabbable={row === focused}
          onFocus={() => setFocusedKey(row.key)}
          onToggle={() => {
            focus(row.key);
            if (row.kind === 'object') tree.toggle(row);
            else tree.loadMore(row);
          }}
          onOpen={open}
        />
      ))}
    </div>
  );
}

/** The rows, drawn again whenever the tree changes. */
function useRows(tree: RetainerTree): TreeRow[] {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const subscription = tree.onDidChange(() => redraw(undefined));
    // A page may have arrived between the first drawing and this subscription.
    redraw(undefined);
    return () => subscription.dispose();
  }, [tree]);
  return tree.rows();
}

/**
 * A row that says "Loading…" gives way to what was loaded. If it had the focus, the row in its place
 * gets it: else the keyboard would be thrown out of the tree.
 */
function useFocusOfGoneRow(
  rows: readonly TreeRow[],
  focusedKey: string | undefined,
  focus: (key: string) => void,
): void {
  const last = useRef<{ key: string; index: number }>();
  useLayoutEffect(() => {
    if (focusedKey === undefined) return;
    const index = rows.findIndex((row) => row.key === focusedKey);
    if (index >= 0) {
      last.current = { key: focusedKey, index };
    } else if (last.current?.key === focusedKey && document.activeElement === document.body) {
      const inPlace = rows[Math.min(last.current.index, rows.length - 1)];
      if (inPlace) focus(inPlace.key);
    }
  });
}

/** Saves what is to survive, and scrolls back to where a hidden panel was left. */
function useSavedState(
  tree: RetainerTree,
  focusedKey: string | undefined,
  saved: TreeState | undefined,
  save: (state: TreeState) => void,
): void {
  const returnTo = useRef(saved?.scrollTop);
  useLayoutEffect(() => {
    if (returnTo.current === undefined || tree.isLoading) return;
    window.scrollTo({ top: returnTo.current });
    returnTo.current = undefined;
  });

  const saveNow = () => {
    if (returnTo.current !== undefined) return;
    save({ expanded: tree.expandedKeys, focusedKey, scrollTop: window.scrollY });
  };
  useEffect(saveNow);
  useEffect(() => {
    window.addEventListener('scrollend', saveNow);
    return () => window.removeEventListener('scrollend', saveNow);
  });
}

function rowElement(
  tree: HTMLElement | null,
  rows: readonly TreeRow[],
  key: string,
): HTMLElement | undefined {
  const index = rows.findIndex((row) => row.key === key);
  return tree?.children[index] as HTMLElement | undefined;
}
