import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import type { Jobs } from '../jobs';
import type { AttachCommand } from './attachCommand';

/** A process whose inspector is off. */
export interface ClosedProcess {
  readonly pid?: number;
  /** As it was seen. */
  readonly commandLine?: readonly string[];
}

/** Opens the inspector of a process of this machine, and connects to it. */
export class OpenInspectorCommand {
  constructor(
    private readonly attach: AttachCommand,
    private readonly jobs: Jobs,
  ) {}

  /**
   * The command `leakline.openInspector`.
   * @throws LeaklineError `cancelled` if the person rather does not
   */
  async run({ pid = 0, commandLine = [] }: ClosedProcess): Promise<void> {
    await confirm(pid);
    const title = vscode.l10n.t('Opening the inspector of process {0}', pid);
    const url = await this.jobs.run(title, async ({ signal }) => {
      const { startOptions } = await import('../../inspector/processInfo');
      const now = await startOptions(pid);
      // The question may have stood there for long, and the number may be another one's now.
      if (String(now.commandLine) !== String(commandLine)) throw endedError(pid);
      const { openInspectorOf } = await import('../../inspector/pid');
      return openInspectorOf(pid, { signal });
    });
    await this.attach.connect(new URL(url).host);
  }
}

async function confirm(pid: number): Promise<void> {
  const open = vscode.l10n.t('Open Inspector');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Open the inspector of process {0}?', pid),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Leakline sends it SIGUSR1. Its inspector then listens on 127.0.0.1, where every program of this machine can use it, and stays open until the process ends.',
      ),
    },
    open,
  );
  if (choice !== open) throw new LeaklineError('cancelled', 'Cancelled.');
}

function endedError(pid: number): LeaklineError {
  return new LeaklineError(
    'targetNotFound',
    vscode.l10n.t('Process {0} has ended.', pid),
    vscode.l10n.t('Choose another one in the Targets view.'),
  );
}
