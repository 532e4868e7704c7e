import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import type { LaunchedTarget } from '../../inspector/launch';
import { plainText } from '../../report/plainText';
import type { StartArguments } from '../commands';
import type { Job, Jobs } from '../jobs';
import { askWorkspaceRoot, workspaceRoot } from '../workspaceRoot';
import type { Connection } from './connection';
import { openConfigurations } from './openConfigurations';
import type { LaunchCommand } from './launchCommand';
import { packageScripts } from './packageScripts';

/** What there is to start; each item of the choice does it. */
interface StartItem extends vscode.QuickPickItem {
  readonly start: () => Promise<void>;
}

/**
 * Starts a program under the inspector and connects to it: a launch configuration in the debugger, a
 * script of package.json or a command by itself. What was started by itself ends when one detaches.
 */
export class StartCommand implements vscode.Disposable {
  private launched: LaunchedTarget | undefined;
  private output: vscode.OutputChannel | undefined;
  private readonly subscription;

  constructor(
    private readonly connection: Connection,
    private readonly jobs: Jobs,
    private readonly debugged: LaunchCommand,
  ) {
    this.subscription = connection.onDidChange(() => void this.stopUnlessAttached());
  }

  /** The command `leakline.startProgram`. */
  async run(args?: StartArguments): Promise<void> {
    if (args) return this.startCommand(shell(args.command), args.root ?? workspaceRoot());
    const root = await askWorkspaceRoot();
    const picked = await vscode.window.showQuickPick(this.choices(root), {
      title: vscode.l10n.t('Start a Program'),
      placeHolder: vscode.l10n.t('It runs under the inspector until you detach'),
      ignoreFocusOut: true,
    });
    await picked?.start();
  }

  /** VS Code waits for what this answers when it shuts down. */
  async stop(): Promise<void> {
    const { launched } = this;
    this.launched = undefined;
    await launched?.stop();
  }

  dispose(): void {
    this.subscription.dispose();
    this.output?.dispose();
    void this.stop();
  }

  private async choices(root: string): Promise<StartItem[]> {
    const uri = vscode.Uri.file(root).toString();
    const configurations = openConfigurations().filter(
      ({ address, folder }) => address === undefined && folder === uri,
    );
    const text = await readFile(path.join(root, 'package.json'), 'utf8').catch(() => '');
    const scripts = packageScripts(text, await readdir(root).catch(() => []));
    return [
      ...configurations.map((configuration) => ({
        label: `$(debug-alt) ${plainText(configuration.name, 200)}`,
        description: vscode.l10n.t('launch configuration'),
        start: () => this.debugged.run(configuration),
      })),
      ...scripts.map(({ name, script, command }) => ({
        label: `$(package) ${name}`,
        description: command.join(' '),
        detail: plainText(script, 200),
        start: () => this.startCommand(onWindows() ? shell(command.join(' ')) : command, root),
      })),
      {
        label: `$(terminal) ${vscode.l10n.t('Command…')}`,
        alwaysShow: true,
        start: async () => this.startCommand(shell(await askCommand()), root),
      },
    ];
  }

  private async startCommand(command: readonly string[], root: string): Promise<void> {
    const shown = command.at(-1) ?? '';
    const title = vscode.l10n.t('Starting {0}', shown);
    await this.jobs.run(title, (job) => this.start(command, root, job));
  }

  private async start(command: readonly string[], root: string, { signal }: Job): Promise<void> {
    await this.stop();
    const { launchUnderInspector } = await import('../../inspector/launch');
    const output = (this.output ??= vscode.window.createOutputChannel('Leakline: Program'));
    output.show(true);
    const onOutput = (line: string) => output.appendLine(line);
    const launched = await launchUnderInspector(command, { cwd: root, onOutput, signal });
    try {
      const { resolveTarget } = await import('../../inspector/targets');
      const address = new URL(launched.webSocketUrl).host;
      const endpoint = { kind: 'webSocket', url: launched.webSocketUrl } as const;
      const target = { ...(await resolveTarget(endpoint)), title: command.join(' ') };
      await this.connection.attach(target, address, signal);
      this.launched = launched;
    } catch (error) {
      await launched.stop();
      throw error;
    }
  }

  private async stopUnlessAttached(): Promise<void> {
    const url = this.connection.current?.target.webSocketUrl;
    if (this.launched && this.launched.webSocketUrl !== url) await this.stop();
  }
}

async function askCommand(): Promise<string> {
  const command = await vscode.window.showInputBox({
    title: vscode.l10n.t('Start a Program'),
    prompt: vscode.l10n.t('Shell command that starts a Node.js program'),
    placeHolder: 'node server.js',
    ignoreFocusOut: true,
  });
  if (!command?.trim()) throw new LeaklineError('cancelled', 'Cancelled.');
  return command.trim();
}

function shell(command: string): string[] {
  return onWindows() ? ['cmd.exe', '/d', '/s', '/c', command] : ['sh', '-c', command];
}

function onWindows(): boolean {
  return process.platform === 'win32';
}
