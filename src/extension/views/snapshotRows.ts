import { formatBytes } from '../../base/bytes';
import type { StoredSnapshot } from '../../investigation/snapshotStore';
import type { TreeRow } from './treeRow';

/** The row of a stored snapshot. */
export interface SnapshotRow extends TreeRow {
  /** Absolute. */
  readonly path: string;
}

/**
 * The rows of the stored snapshots, in the order of the store: which one of a run it is, when it
 * was taken and how large it is.
 * @param timeText A time in milliseconds since 1970, for people.
 */
export function snapshotRows(
  snapshots: readonly StoredSnapshot[],
  timeText: (time: number) => string,
): SnapshotRow[] {
  return snapshots.map(({ path, label, bytes, takenAt }) => ({
    id: `snapshot:${path}`,
    kind: 'snapshot',
    label,
    description: `${timeText(takenAt)}, ${formatBytes(bytes)}`,
    tooltip: path,
    icon: { id: 'file-binary' },
    path,
  }));
}
