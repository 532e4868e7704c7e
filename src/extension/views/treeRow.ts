import type { CommandId } from '../commands';

/** A row of a view, without a host. Its text is plain: names come from the target. */
export interface TreeRow {
  /** Stable while it stands for the same thing, so that VS Code keeps it open or selected. */
  readonly id: string;
  /** What `when` clauses know it by, as `viewItem`. */
  readonly kind: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon?: RowIcon;
  readonly children?: readonly TreeRow[];
  /** True if its children are hidden at first. */
  readonly collapsed?: boolean;
  /** What a click does. */
  readonly click?: RowClick;
}

/** A codicon, and the theme's name for its colour. */
export interface RowIcon {
  readonly id: string;
  readonly color?: string;
}

export interface RowClick {
  readonly command: CommandId;
  readonly title: string;
  readonly argument?: unknown;
}
