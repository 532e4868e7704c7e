import * as vscode from 'vscode';
import { LeaklineError } from '../../base/errors';
import { parseAttachAddress } from '../../inspector/targets';
import { commandLineText } from '../../report/commandLineText';
import type { AttachCommand } from '../run/attachCommand';
import type { LaunchCommand } from '../run/launchCommand';
import type { TargetMemory } from './targetMemory';
import type { TargetRow } from './targetRow';

/** The address of an inspector, with one of its worker threads, or a debug session. */
export type TargetToConnect = Pick<TargetRow, 'address' | 'sessionId' | 'worker'>;

/** What the rows of the view of targets can do. */
export class TargetCommands {
  constructor(
    private readonly attach: AttachCommand,
    private readonly launch: LaunchCommand,
    private readonly memory: TargetMemory,
  ) {}

  /** The command `leakline.connectTarget`. */
  connect({ address, sessionId, worker }: TargetToConnect): Promise<void> {
    if (sessionId !== undefined) return this.attach.connectBeside(sessionId);
    return this.attach.connect(addressOf(address), worker);
  }

  /** The command `leakline.launchTarget`. */
  async start({ configuration }: TargetRow): Promise<void> {
    if (configuration) await this.launch.run(configuration);
  }

  /** The command `leakline.saveTarget`. */
  async save({ address }: TargetRow): Promise<void> {
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t('Save Target'),
      prompt: vscode.l10n.t('A name for {0}', addressOf(address)),
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give it a name.') : undefined),
    });
    if (name !== undefined) {
      await this.memory.save({ name: name.trim(), address: addressOf(address) });
    }
  }

  /** The command `leakline.removeTarget`. */
  remove({ address }: TargetRow): Promise<void> {
    return this.memory.remove(addressOf(address));
  }

  /** The command `leakline.showCommandLine`. */
  async showCommandLine({ commandLine = [] }: TargetRow): Promise<void> {
    const text = commandLineText(commandLine);
    const copy = vscode.l10n.t('Copy');
    const title = vscode.l10n.t('Command Line');
    const options = { modal: true, detail: text };
    const choice = await vscode.window.showInformationMessage(title, options, copy);
    if (choice === copy) await vscode.env.clipboard.writeText(text);
  }
}

/** @throws LeaklineError `usage` if it is none. */
function addressOf(address: string | undefined): string {
  if (address !== undefined && parseAttachAddress(address)) return address;
  throw new LeaklineError('usage', vscode.l10n.t('This target has no address.'));
}
