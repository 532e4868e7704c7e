import {
  defaultRangeExtractor,
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

/**
 * Physical pixels that an element may be high. Chromium lays out up to 2^25 of them, Firefox half as
 * many; what is higher is cut off without a word.
 */
const MAX_HEIGHT = 16_000_000;
/**
 * Rows that come and go together. The virtualizer has a table of all that it lays out, whatever it is told
 * of sizes; by rows that would be a million entries, made when an object is opened.
 */
const BLOCK_ROWS = 8;

/** The rows that are in the document, and where. All are equally high. */
export interface RowWindow {
  /** Ascending indexes: what can be seen and a few more, and the row with the focus. */
  readonly rows: readonly number[];
  /** The first and the last row that can be seen, or nearly; undefined if there is no room. */
  readonly visible: readonly [number, number] | undefined;
  /** In CSS pixels, within the element that is `height` high. */
  topOf(row: number): number;
  /** In CSS pixels. */
  readonly height: number;
  /** Rows that can be seen at once. */
  readonly pageRows: number;
  /** Scrolls no further than needed to have a row in full view. */
  reveal(row: number): void;
}

/**
 * Shows a window of `count` rows in a scrolling element. More rows than an element may be high are
 * scrolled through faster: `factor` pixels of rows by one of the scroll bar.
 * @param rowHeight In CSS pixels.
 * @param focused The row that stays in the document wherever it is, so that it keeps the focus.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement>,
  count: number,
  rowHeight: number,
  focused: number,
): RowWindow {
  const [, redraw] = useReducer((drawn: number) => drawn + 1, 0);
  const element = scroller.current;
  const viewHeight = element?.clientHeight ?? 0;
  const fullHeight = count * rowHeight;
  const height = Math.min(fullHeight, MAX_HEIGHT / window.devicePixelRatio);
  const factor = height < fullHeight ? (fullHeight - viewHeight) / (height - viewHeight) : 1;

  const options = {
    count: Math.ceil(count / BLOCK_ROWS),
    getScrollElement: () => scroller.current,
    estimateSize: () => BLOCK_ROWS * rowHeight,
    overscan: 1,
    observeElementRect,
    observeElementOffset: (
      instance: Virtualizer<HTMLElement, HTMLElement>,
      onOffset: (offset: number, isScrolling: boolean) => void,
    ) =>
      observeElementOffset(instance, (offset, isScrolling) => {
        onOffset(offset * scale.factor, isScrolling);
        // Rows move against the scroll bar even where they stay the same.
        if (scale.factor !== 1) redraw(undefined);
      }),
    scrollToFn: elementScroll,
    rangeExtractor: (blocks: Parameters<typeof defaultRangeExtractor>[0]) =>
      withRow(rowsOf(defaultRangeExtractor(blocks), count), focused),
    onChange: () => redraw(undefined),
  };
  const [scale] = useState({ factor });
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options));
  scale.factor = factor;
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const scrollTop = element?.scrollTop ?? 0;
  return {
    rows: virtualizer.getVirtualIndexes(),
    visible: virtualizer.range
      ? [
          virtualizer.range.startIndex * BLOCK_ROWS,
          Math.min((virtualizer.range.endIndex + 1) * BLOCK_ROWS, count) - 1,
        ]
      : undefined,
    topOf: (row) => row * rowHeight - scrollTop * (factor - 1),
    height,
    pageRows: Math.max(1, Math.floor(viewHeight / rowHeight) - 1),
    reveal(row) {
      if (!element) return;
      const top = row * rowHeight;
      const offset = element.scrollTop * factor;
      if (top < offset) element.scrollTop = Math.floor(top / factor);
      else if (top + rowHeight > offset + viewHeight) {
        element.scrollTop = Math.ceil((top + rowHeight - viewHeight) / factor);
      }
    },
  };
}

/** The rows of neighbouring blocks, of which the last may be shorter. */
function rowsOf(blocks: readonly number[], count: number): number[] {
  const first = blocks[0] * BLOCK_ROWS;
  const end = Math.min(first + blocks.length * BLOCK_ROWS, count);
  return Array.from({ length: end - first }, (_, index) => first + index);
}

/** Adds a row to ascending ones unless it is among them. */
function withRow(rows: number[], row: number): number[] {
  if (row < rows[0]) return [row, ...rows];
  if (row > rows[rows.length - 1]) return [...rows, row];
  return rows;
}
