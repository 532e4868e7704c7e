import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { PlaceReference } from './panelContract';
import type { PanelState } from './panelState';
import { pathText } from './pathText';
import type { RetainerTree, TreeRow } from './retainerTree';
import { useRowWindow } from './rowWindow';
import { treeAction } from './treeKeyboard';
import { TreeRowView } from './treeRowView';
import { TreeToolbar } from './treeToolbar';

export type TreeState = Omit<PanelState, 'heap' | 'rank'>;

interface RetainerTreeViewProps {
  readonly tree: RetainerTree;
  /** Id of the heading. */
  readonly labelledBy: string;
  readonly saved: TreeState | undefined;
  readonly save: (state: TreeState) => void;
  readonly open: (place: PlaceReference) => void;
  readonly copy: (text: string) => void;
  /** Calls back when the path of a row, named by its key, is to be copied. */
  readonly onCopyPath: (listener: (key: string) => void) => { dispose(): void };
}

/**
 * A WAI-ARIA tree: one tab stop, the arrow keys move in it, Enter opens the line. Only rows that can
 * be seen are in the document, and the one with the focus.
 */
export function RetainerTreeView(props: RetainerTreeViewProps) {
  const { tree, labelledBy, saved, save, open, copy, onCopyPath } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const field = useRef<VscodeTextfield>(null);
  useRedrawOnChange(tree);
  const [focusedKey, setFocusedKey] = useState(saved?.focusedKey ?? '0');
  const focusedIndex = shownIndex(tree, focusedKey);
  const focused = tree.rowAt(focusedIndex);
  const rowHeight = useRowHeight(scroller);
  const rowWindow = useRowWindow(scroller, tree.rowCount, rowHeight, focusedIndex);
  const focusSoon = useFocus(scroller);

  useLayoutEffect(() => {
    if (rowWindow.visible) tree.show(...rowWindow.visible);
  });
  useSavedState(scroller, tree, focusedKey, saved, save);
  useEffect(() => {
    const subscription = onCopyPath((key) => {
      const index = tree.indexOf(key);
      if (index !== undefined) copy(pathText(tree, tree.rowAt(index)));
    });
    return () => subscription.dispose();
  });

  const focus = (row: TreeRow) => {
    setFocusedKey(row.key);
    focusSoon(row.key);
  };
  const activate = (row: TreeRow) => {
    if (row.kind === 'object' && row.object.place) open(row.object.place.reference);
    else tree.toggle(row);
  };
  const copyPath = () => copy(pathText(tree, focused));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const action = treeAction(tree, focusedIndex, event.key, rowWindow.pageRows);
    if (!action) return;
    event.preventDefault();
    if (action.kind === 'focus') {
      rowWindow.reveal(action.index);
      focus(tree.rowAt(action.index));
    } else if (action.kind === 'activate') activate(focused);
    else tree.toggle(focused);
  };

  return (
    <div
      class="retainers"
      onKeyDown={(event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f') return;
        event.preventDefault();
        field.current?.focus();
      }}
    >
      <TreeToolbar
        field={field}
        filter={tree.filter}
        matches={tree.retainerCount}
        onFilter={(text) => tree.setFilter(text)}
        onCopy={copyPath}
        onReveal={
          focused.kind === 'object' && focused.object.place ? () => activate(focused) : undefined
        }
      />
      <div
        ref={scroller}
        class="tree"
        role="tree"
        aria-labelledby={labelledBy}
        onKeyDown={onKeyDown}
        onCopy={(event) => {
          event.preventDefault();
          copyPath();
        }}
      >
        <div class="row probe" aria-hidden="true" />
        <div class="rows" role="none" style={{ height: `${rowWindow.height}px` }}>
          {rowWindow.rows.map((index) => {
            const row = tree.rowAt(index);
            return (
              <TreeRowView
                key={row.key}
                row={row}
                top={rowWindow.topOf(index)}
                tabbable={index === focusedIndex}
                onFocus={() => setFocusedKey(row.key)}
                onToggle={() => {
                  focus(row);
                  tree.toggle(row);
                }}
                onOpen={open}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** The row with this key; where it is gone, the nearest one above that is shown. */
function shownIndex(tree: RetainerTree, key: string): number {
  for (let at = key; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('/'), 0))) {
    const index = tree.indexOf(at);
    if (index !== undefined) return index;
  }
  return 0;
}

function useRedrawOnChange(tree: RetainerTree): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const subscription = tree.onDidChange(() => redraw(undefined));
    // A page may have arrived between the first drawing and this subscription.
    redraw(undefined);
    return () => subscription.dispose();
  }, [tree]);
}

/** The height that the style sheet gives to rows, in CSS pixels; it follows the size of the font. */
function useRowHeight(scroller: RefObject<HTMLElement>): number {
  const [height, setHeight] = useState(24);
  useLayoutEffect(() => {
    const probe = scroller.current!.firstElementChild!;
    const measure = () => setHeight(probe.getBoundingClientRect().height);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(probe);
    return () => observer.disconnect();
  }, [scroller]);
  return height;
}

/** Gives the focus to a row once it is drawn: it may have to be brought into the document first. */
function useFocus(scroller: RefObject<HTMLElement>): (key: string) => void {
  const wanted = useRef<string>();
  useLayoutEffect(() => {
    if (wanted.current === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-key="${wanted.current}"]`);
    if (!row) return;
    row.focus({ preventScroll: true });
    wanted.current = undefined;
  });
  return (key) => {
    wanted.current = key;
  };
}

/** Saves what is to survive, and scrolls back to where a hidden panel was left. */
function useSavedState(
  scroller: RefObject<HTMLElement>,
  tree: RetainerTree,
  focusedKey: string,
  saved: TreeState | undefined,
  save: (state: TreeState) => void,
): void {
  const returnTo = useRef(saved);
  useLayoutEffect(() => {
    if (!returnTo.current || tree.isLoading || !scroller.current) return;
    scroller.current.scrollTop = returnTo.current.treeScrollTop;
    window.scrollTo({ top: returnTo.current.scrollTop });
    returnTo.current = undefined;
  });

  const saveNow = () => {
    if (returnTo.current || !scroller.current) return;
    save({
      expanded: tree.expandedKeys,
      filter: tree.filter,
      focusedKey,
      scrollTop: window.scrollY,
      treeScrollTop: scroller.current.scrollTop,
    });
  };
  // Not on every drawing: a scroll draws often, and is saved when it ends.
  useEffect(saveNow, [focusedKey, tree.filter, tree.expandedKeys.join(' '), tree.isLoading]);
  useEffect(() => {
    // Of the page, and of the tree within: it does not bubble.
    window.addEventListener('scrollend', saveNow, true);
    return () => window.removeEventListener('scrollend', saveNow, true);
  });
}
