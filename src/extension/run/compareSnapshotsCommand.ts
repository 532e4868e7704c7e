import * as vscode from 'vscode';
import { formatBytes } from '../../base/bytes';
import { LeaklineError } from '../../base/errors';
import type { Investigation } from '../../investigation/investigation';
import type { SnapshotStore } from '../../investigation/snapshotStore';
import type { LeakReport } from '../../leaks/leakReport';
import type { CompareSnapshotsArguments } from '../commands';
import type { CurrentResult } from '../results/currentResult';
import type { Jobs } from '../jobs';
import { showOutcome } from './outcomeMessage';
import { askWorkspaceRoot, workspaceRoot } from '../workspaceRoot';

/** What the command works with. */
interface CompareSnapshotsParts {
  readonly jobs: Jobs;
  readonly store: SnapshotStore;
  readonly results: CurrentResult;
  readonly investigate: (root: string) => Promise<Investigation>;
}

/** Diffs snapshot files, without a process. */
export class CompareSnapshotsCommand {
  constructor(private readonly parts: CompareSnapshotsParts) {}

  /** The command `leakline.compareSnapshots`. */
  async run(args?: CompareSnapshotsArguments): Promise<LeakReport> {
    const paths = args?.paths ?? (await askSnapshots(this.parts.store));
    const root = args ? (args.root ?? workspaceRoot()) : await askWorkspaceRoot();
    return this.compare(paths, root);
  }

  /** Compares snapshot files, oldest first, and shows what comes of it. */
  async compare(paths: readonly string[], root = workspaceRoot()): Promise<LeakReport> {
    const result = await this.parts.jobs.run(vscode.l10n.t('Comparing snapshots'), async (job) => {
      const investigation = await this.parts.investigate(root);
      try {
        const found = await investigation.compare({ paths }, job.onProgress, job.signal);
        return this.parts.results.set(found, investigation, root);
      } catch (error) {
        investigation.dispose();
        throw error;
      }
    });
    showOutcome(result);
    return result.report;
  }
}

/** @throws LeaklineError `cancelled` if the person chooses none, `usage` for a single one. */
async function askSnapshots(store: SnapshotStore): Promise<string[]> {
  const stored = (await store.list()).map(({ path, name, bytes, takenAt }) => ({
    label: name,
    description: `${formatBytes(bytes)}, ${new Date(takenAt).toLocaleString()}`,
    path,
  }));
  const browse = { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, path: undefined };
  const picked = await vscode.window.showQuickPick([...stored, browse], {
    title: vscode.l10n.t('Compare Snapshots'),
    placeHolder: vscode.l10n.t('Choose two or more of the same run of a program'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!picked || picked.length === 0) throw new LeaklineError('cancelled', 'Cancelled.');
  const paths = picked.map(({ path }) => path).filter((path) => path !== undefined);
  if (picked.some(({ path }) => path === undefined)) paths.push(...(await browseSnapshots()));
  if (paths.length < 2) {
    throw new LeaklineError(
      'usage',
      vscode.l10n.t('One snapshot cannot be compared.'),
      vscode.l10n.t('Choose two or more.'),
    );
  }
  return paths;
}

async function browseSnapshots(): Promise<string[]> {
  const files = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Compare Snapshots, Oldest First'),
    canSelectMany: true,
    filters: { [vscode.l10n.t('Heap snapshots')]: ['heapsnapshot'] },
  });
  if (!files) throw new LeaklineError('cancelled', 'Cancelled.');
  // Dialogs give files in an order of their own; snapshots are usually named by time.
  return files.map((file) => file.fsPath).sort();
}
