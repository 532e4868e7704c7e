import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { LeaklineError, throwIfAborted } from '../../base/errors';
import type { LocalTarget, LocalTargets } from '../../inspector/localTargets';
import type { Connection } from './connection';
import type { Job, Jobs } from '../jobs';
import type { LaunchConfiguration } from './launchConfigurations';

const POLL_MS = 250;
const PATIENCE_MS = 30_000;

/** Starts launch configurations in the debugger, and connects beside it to the program's inspector. */
export class LaunchCommand implements vscode.Disposable {
  private readonly sessions = new Set<vscode.DebugSession>();
  private readonly subscriptions = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => this.sessions.add(session)),
    vscode.debug.onDidTerminateDebugSession((session) => this.sessions.delete(session)),
  );

  constructor(
    private readonly connection: Connection,
    private readonly jobs: Jobs,
    private readonly targets: LocalTargets,
  ) {}

  /** The command `leakline.launchTarget`. */
  async run(configuration: LaunchConfiguration): Promise<void> {
    const title = vscode.l10n.t('Starting {0}', configuration.name);
    await this.jobs.run(title, (job) => this.start(configuration, job));
  }

  /** Ends the program, if it still runs, and starts it anew. */
  async restart(configuration: LaunchConfiguration, job: Job): Promise<void> {
    await this.connection.detach();
    const running = [...this.sessions].filter(
      ({ name, parentSession }) => name === configuration.name && !parentSession,
    );
    for (const session of running) await vscode.debug.stopDebugging(session);
    await this.start(configuration, job);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async start(configuration: LaunchConfiguration, job: Job): Promise<void> {
    const { name, folder } = configuration;
    const before = new Set((await this.targets.find()).map(keyOf));
    const workspaceFolder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(folder));
    const described = launchConfiguration(workspaceFolder, name);
    const isUp = described && (await vscode.debug.startDebugging(workspaceFolder, described));
    if (!isUp) throw launchFailed(name);
    job.onProgress({ message: vscode.l10n.t('Waiting for its inspector') });
    await this.connectToNew(configuration, before, job.signal);
  }

  /** The program is there once its inspector listens, and can be inspected a moment later. */
  private async connectToNew(
    configuration: LaunchConfiguration,
    before: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<void> {
    for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
      const found = (await this.targets.find()).find((target) => !before.has(keyOf(target)));
      throwIfAborted(signal);
      if (found && (await this.connects(found, configuration, signal))) return;
      await delay(POLL_MS, undefined, { signal }).catch(() => throwIfAborted(signal));
    }
    throw launchFailed(configuration.name);
  }

  /** False if the program is held up while its debugger makes ready. */
  private async connects(
    { target, address }: LocalTarget,
    configuration: LaunchConfiguration,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      await this.connection.attach(target, address, signal, { configuration });
      return true;
    } catch (error) {
      if (error instanceof LeaklineError && error.code === 'targetPaused') return false;
      throw error;
    }
  }
}

/** As it stands in the settings now: the folder's launch.json, the workspace's or the user's. */
function launchConfiguration(folder: vscode.WorkspaceFolder | undefined, name: string) {
  const all = vscode.workspace.getConfiguration('launch', folder?.uri).get('configurations');
  return (all as vscode.DebugConfiguration[]).find((candidate) => candidate.name === name);
}

function keyOf({ target }: LocalTarget): string {
  return target.webSocketUrl;
}

function launchFailed(name: string): LeaklineError {
  return new LeaklineError(
    'launchFailed',
    vscode.l10n.t('“{0}” started no Node.js program that can be inspected.', name),
    vscode.l10n.t('Check that it runs in the debugger by itself.'),
  );
}
