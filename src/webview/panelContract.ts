import type { LeakReport } from '../leaks/leakReport';

/** What the panel asks of the extension, and what it is told. Types only. */
export interface PanelContract {
  methods: {
    /** What is to be shown now; undefined after Clear. */
    view(): Promise<PanelView | undefined>;
    /** Selects a finding. A result that is no longer shown is ignored. */
    select(selection: FindingSelection): Promise<void>;
    /** @throws LeaklineError `usage` once the result has been replaced. */
    retainers(request: PanelRetainersRequest): Promise<PanelRetainerPage>;
    /** Opens the source line in an editor. @throws LeaklineError if there is none. */
    open(place: PlaceReference): Promise<void>;
    /** Puts text on the clipboard. */
    copy(text: string): Promise<void>;
  };
  events: {
    viewChanged: PanelView | undefined;
    /** Asks for the path of the row with this key to be copied. */
    copyPath: string;
  };
}

/**
 * What the panel shows. The extension owns it, so that it is right after the panel was hidden and
 * its code gone, whoever selected the finding.
 */
export interface PanelView {
  readonly result: PanelResult;
  /** Rank of the selected finding; undefined if there are none. */
  readonly rank: number | undefined;
}

export interface FindingSelection {
  readonly resultId: number;
  readonly rank: number;
}

/** A leak report as the panel needs it. */
export interface PanelResult {
  /** Tells one result from the next. */
  readonly id: number;
  /** Tells one heap from the next; unlike the id it is the same after a reload of the window. */
  readonly heap: string;
  /** Without what is ignored. */
  readonly report: LeakReport;
  /** How many findings more are ignored. */
  readonly ignored: number;
  /**
   * For each finding and each step of its path: the step's ordinal in the last snapshot, from which
   * its retainers can be asked; undefined where the heap does not know it.
   */
  readonly nodes: readonly (readonly (number | undefined)[])[];
  /** For each finding: how many steps at the start of its path lie inside Node.js; 0 if few. */
  readonly stepsInsideNode: readonly number[];
}

export interface PanelRetainersRequest {
  readonly resultId: number;
  /** Ordinal in the last snapshot. */
  readonly node: number;
  readonly offset: number;
  /** At most 200. */
  readonly count: number;
  /** Only retainers whose class or edge has this text in it, in whatever case; empty for all. */
  readonly filter: string;
}

export interface PanelRetainerPage {
  /** Retainers in all that the filter lets through, of which `rows` is a page. */
  readonly total: number;
  readonly rows: readonly PanelRetainerRow[];
}

export interface PanelRetainerRow {
  readonly node: number;
  /** The edge from this row's object to the asked one. */
  readonly edge: string;
  readonly className: string;
  readonly objectId: number;
  readonly shallowBytes: number;
  readonly retainedBytes: number;
  readonly expandable: boolean;
  /** Where the object's function or constructor starts, if that is in a file. */
  readonly place?: PanelPlace;
}

export interface PanelPlace {
  /** Such as `src/session.ts:12`. */
  readonly label: string;
  readonly reference: PlaceReference;
}

/**
 * A place by what it belongs to. Paths stay in the extension: the panel shows data of the target and
 * must not be able to name a file.
 */
export type PlaceReference =
  | {
      readonly kind: 'site' | 'step';
      readonly resultId: number;
      readonly rank: number;
      readonly index: number;
    }
  | {
      readonly kind: 'code';
      readonly resultId: number;
      readonly scriptId: number;
      /** 0-based. */
      readonly line: number;
      readonly column: number;
    };

/** What VS Code hands to the commands in the context menu of a row, through `data-vscode-context`. */
export interface RowContext {
  readonly webviewSection: 'row';
  readonly preventDefaultContextMenuItems: true;
  /** Key of the row. */
  readonly leaklineRow: string;
  readonly leaklinePlace?: PlaceReference;
}
