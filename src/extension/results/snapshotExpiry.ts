import * as vscode from 'vscode';
import type { SnapshotStore } from '../../investigation/snapshotStore';
import { KEEP_SNAPSHOTS_DAYS } from '../settings';

/**
 * Deletes stored snapshots that are older than `leakline.keepSnapshotsDays`: heaps hold secrets. With 0
 * all are kept.
 */
export async function removeExpiredSnapshots(store: SnapshotStore): Promise<void> {
  const days: unknown = vscode.workspace.getConfiguration('leakline').get('keepSnapshotsDays');
  const kept = typeof days === 'number' && days >= 0 ? days : KEEP_SNAPSHOTS_DAYS;
  if (kept > 0) await store.removeOlderThan(kept);
}
