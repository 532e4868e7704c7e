import * as vscode from 'vscode';
import { describeError, LeaklineError } from '../../base/errors';
import { isExposed } from '../../inspector/exposure';
import { parseAttachAddress, resolveTarget, type Target } from '../../inspector/targets';
import type { AttachArguments } from '../commands';
import type { Attachment, Connection } from './connection';
import type { DebugSessions } from './debugSessions';
import type { Jobs } from '../jobs';
import type { Settings } from '../settings';

/** Attaches to a program, asking for what is not said. */
export class AttachCommand {
  constructor(
    private readonly connection: Connection,
    private readonly jobs: Jobs,
    private readonly settings: () => Settings,
    private readonly sessions: DebugSessions,
  ) {}

  /** The command `leakline.attach`. */
  async run(args?: AttachArguments): Promise<void> {
    const address = args
      ? (args.address ?? this.settings().attachAddress)
      : await this.askAddress();
    const title = vscode.l10n.t('Attaching to {0}', address);
    await this.jobs.run(title, ({ signal }) => this.attach(address, args === undefined, signal));
  }

  /**
   * Attaches for a person, who may be asked which of several programs is meant.
   * @param worker One of its worker threads; the main thread without it.
   */
  async connect(address: string, worker?: string): Promise<void> {
    const title = vscode.l10n.t('Attaching to {0}', address);
    await this.jobs.run(title, ({ signal }) => this.attach(address, true, signal, worker));
  }

  /** Connects beside the debugger to what it debugs. */
  async connectBeside(sessionId: string): Promise<void> {
    await this.connect(await this.sessions.addressOf(sessionId));
  }

  /**
   * What is attached to, attaching first where needed.
   * @param address Undefined for whatever is attached to, or else the setting.
   * @param worker Its worker thread; without it the main thread of an address that is given.
   */
  async ensure(
    address: string | undefined,
    mayAsk: boolean,
    signal: AbortSignal,
    worker?: string,
  ): Promise<Attachment> {
    const { current } = this.connection;
    const isMeant = address === current?.address && worker === current?.worker;
    if (current && (address === undefined || isMeant)) return current;
    return this.attach(address ?? this.settings().attachAddress, mayAsk, signal, worker);
  }

  /** The command `leakline.detach`: V8 undoes all that was asked of it. */
  detach(): Promise<void> {
    return this.connection.detach();
  }

  /**
   * Asks where the program is; undefined if one is attached to.
   * @throws LeaklineError `cancelled` if the person gives none.
   */
  async askAddressUnlessAttached(): Promise<string | undefined> {
    return this.connection.current ? undefined : this.askAddress();
  }

  /** What VS Code debugs comes first, where it debugs something. */
  private async askAddress(): Promise<string> {
    const { programs } = this.sessions;
    if (programs.length === 0) return this.typeAddress();
    const other = { label: vscode.l10n.t('Another Program…'), sessionId: undefined };
    const debugged = programs.map(({ name, configuration, sessionId }) => ({
      label: `$(debug-alt) ${name}`,
      description: configuration,
      sessionId,
    }));
    const picked = await vscode.window.showQuickPick([...debugged, other], {
      title: vscode.l10n.t('Attach to a Node.js Program'),
      placeHolder: vscode.l10n.t('VS Code debugs this; it goes on doing so'),
      ignoreFocusOut: true,
    });
    if (!picked) throw new LeaklineError('cancelled', 'Cancelled.');
    return picked.sessionId === undefined
      ? this.typeAddress()
      : this.sessions.addressOf(picked.sessionId);
  }

  private async typeAddress(): Promise<string> {
    const address = await vscode.window.showInputBox({
      title: vscode.l10n.t('Attach to a Node.js Program'),
      prompt: vscode.l10n.t(
        'Start it with node --inspect. HOST:PORT or the ws:// URL of its inspector.',
      ),
      value: this.connection.lastAddress ?? this.settings().attachAddress,
      ignoreFocusOut: true,
      validateInput: addressProblem,
    });
    if (address === undefined) throw new LeaklineError('cancelled', 'Cancelled.');
    return address.trim();
  }

  private async attach(
    address: string,
    mayAsk: boolean,
    signal: AbortSignal,
    worker?: string,
  ): Promise<Attachment> {
    const choose = mayAsk ? chooseTarget : undefined;
    const target = await resolveTarget(parseAttachAddress(address), choose, { signal });
    const attachment = await this.connection.attach(target, address, signal, {
      ...(worker !== undefined && { worker }),
    });
    await warnIfExposed(target);
    return attachment;
  }
}

/** Says so once; nobody has to answer. */
async function warnIfExposed({ webSocketUrl, title }: Target): Promise<void> {
  if (!(await isExposed(webSocketUrl))) return;
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Other machines can reach the inspector of {0}, and whoever does can run code in it. Let it listen on 127.0.0.1, and come through a tunnel.',
      title,
    ),
  );
}

function addressProblem(text: string): string | undefined {
  try {
    parseAttachAddress(text.trim());
    return undefined;
  } catch (error) {
    return describeError(error);
  }
}

async function chooseTarget(targets: readonly Target[]): Promise<Target | undefined> {
  const items = targets.map((target) => ({
    label: target.title,
    description: target.type,
    detail: target.url,
    target,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Attach to a Node.js Program'),
    placeHolder: vscode.l10n.t('Several programs answer there'),
    ignoreFocusOut: true,
  });
  return picked?.target;
}
