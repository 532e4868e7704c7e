import * as vscode from 'vscode';
import { formatBytes } from '../../base/bytes';
import { comparisonWords } from '../../care/snapshotVerdict';
import { judgeNextSnapshot } from '../../investigation/snapshotGuard';
import type { SnapshotStore } from '../../investigation/snapshotStore';
import type { AttachCommand } from './attachCommand';
import { consentInWindow, isRemote } from './consentInWindow';
import type { Jobs } from '../jobs';

/** Takes single snapshots of the attached program, into the store. */
export class TakeSnapshotCommand {
  constructor(
    private readonly attach: AttachCommand,
    private readonly jobs: Jobs,
    private readonly store: SnapshotStore,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The command `leakline.takeSnapshot`. @returns the absolute path of the snapshot. */
  async run(args?: object): Promise<string> {
    const address = args ? undefined : await this.attach.askAddressUnlessAttached();
    const title = vscode.l10n.t('Taking a heap snapshot');
    const snapshot = await this.jobs.run(title, async (job) => {
      const attachment = await this.attach.ensure(address, args === undefined, job.signal);
      const { session } = attachment;
      job.onProgress({ message: vscode.l10n.t('Collecting garbage') });
      await session.collectGarbage(job.signal);
      const verdict = await judgeNextSnapshot(session, { isRemote: isRemote(attachment) });
      await consentInWindow(this.log).obtain(verdict, job.signal);
      const captured = await session.capture(await this.store.newPath('snapshot'), job);
      if (session.lastPrice) this.log.info(comparisonWords(verdict, session.lastPrice));
      return captured;
    });
    this.store.notifyChanged();
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Leakline: heap snapshot taken ({0}).', formatBytes(snapshot.bytes)),
    );
    return snapshot.path;
  }
}
