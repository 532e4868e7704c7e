import { describeError } from '../base/errors';
import type { PanelPlace, PanelRetainerPage } from './panelContract';

/** Rows of a page; also the most that one message may carry. */
export const PAGE_ROWS = 200;
/** Pages that are kept of a list; whoever scrolls through a million rows needs no more at once. */
const KEPT_PAGES = 50;

/** An object in the tree: a step of the retaining path, or a retainer of the object above it. */
export interface TreeObject {
  /** From the step before to this object on the path; from this object to its parent below it. */
  readonly edge: string;
  readonly className: string;
  readonly objectId: number;
  /** Undefined if its retainers cannot be asked. */
  readonly node: number | undefined;
  readonly expandable: boolean;
  /** In bytes; only retainers have them. */
  readonly size?: { readonly shallow: number; readonly retained: number };
  readonly place?: PanelPlace;
}

/** Fetches the page of retainers that begins at `offset`. */
type FetchPage = (offset: number) => Promise<PanelRetainerPage>;

/** The retainers of one object, of which only the pages that were looked at are loaded. */
export class RetainerPages {
  private count: number | undefined;
  /** By number; the page used last is at the end. */
  private readonly pages = new Map<number, readonly TreeObject[]>();
  private readonly pending = new Set<number>();
  private readonly failures = new Map<number, string>();
  private isDisposed = false;

  /** @param onSettled Told when an answer, or a failure, has arrived. */
  constructor(
    private readonly fetchPage: FetchPage,
    private readonly onSettled: () => void,
  ) {}

  /** Retainers in all; undefined until the first page is there. */
  get total(): number | undefined {
    return this.count;
  }

  /** Pages that were asked for and have not arrived. */
  get pendingPages(): number {
    return this.pending.size;
  }

  /** The retainer at `index`, counted from 0; undefined if its page is not loaded. */
  at(index: number): TreeObject | undefined {
    return this.pages.get(pageOf(index))?.[index % PAGE_ROWS];
  }

  /** Why the page with `index` could not be loaded. */
  failureAt(index: number): string | undefined {
    return this.failures.get(pageOf(index));
  }

  /** Loads the page with `index`, unless it is there, on its way, or has failed. */
  want(index: number): void {
    const page = pageOf(index);
    const rows = this.pages.get(page);
    if (rows) {
      this.pages.delete(page);
      this.pages.set(page, rows);
    } else if (!this.pending.has(page) && !this.failures.has(page)) {
      this.load(page);
    }
  }

  /** Loads the page with `index` again after a failure. */
  retry(index: number): void {
    this.failures.delete(pageOf(index));
    this.want(index);
  }

  /** Answers that arrive later are dropped. */
  dispose(): void {
    this.isDisposed = true;
    this.pending.clear();
  }

  private load(page: number): void {
    this.pending.add(page);
    void this.fetchPage(page * PAGE_ROWS)
      .then(
        ({ total, rows }) => this.keep(page, total, rows.map(toObject)),
        (error: unknown) => void this.failures.set(page, describeError(error)),
      )
      .finally(() => {
        this.pending.delete(page);
        if (!this.isDisposed) this.onSettled();
      });
  }

  private keep(page: number, total: number, objects: readonly TreeObject[]): void {
    this.count = total;
    this.pages.set(page, objects);
    const [oldest] = this.pages.keys();
    if (this.pages.size > KEPT_PAGES) this.pages.delete(oldest);
  }
}

function pageOf(index: number): number {
  return Math.floor(index / PAGE_ROWS);
}

function toObject({
  shallowBytes,
  retainedBytes,
  ...row
}: PanelRetainerPage['rows'][number]): TreeObject {
  return { ...row, size: { shallow: shallowBytes, retained: retainedBytes } };
}
